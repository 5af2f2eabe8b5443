"""Keras as a user would train with it, on random images of the right shape. Run by peer.mjs: keras_peer.py NETWORK MODE BATCH."""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np  # noqa: E402
from tensorflow import keras  # noqa: E402

layers = keras.layers


def lenet5():
    """LeNet-5 (textbook): logistic, average pooling."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(6, 5, padding="same", activation="sigmoid"),
            layers.AveragePooling2D(2),
            layers.Conv2D(16, 5, activation="sigmoid"),
            layers.AveragePooling2D(2),
            layers.Flatten(),
            layers.Dense(120, activation="sigmoid"),
            layers.Dense(84, activation="sigmoid"),
            layers.Dense(10, activation="softmax"),
        ]
    )


def alexnet():
    """AlexNet as in torchvision: 64-192-384-256-256, no normalisation, no groups."""
    return keras.Sequential(
        [
            keras.Input((224, 224, 3)),
            layers.ZeroPadding2D(2),
            layers.Conv2D(64, 11, 4, activation="relu"),
            layers.MaxPooling2D(3, 2),
            layers.Conv2D(192, 5, padding="same", activation="relu"),
            layers.MaxPooling2D(3, 2),
            layers.Conv2D(384, 3, padding="same", activation="relu"),
            layers.Conv2D(256, 3, padding="same", activation="relu"),
            layers.Conv2D(256, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(3, 2),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(4096, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(4096, activation="relu"),
            layers.Dense(1000, activation="softmax"),
        ]
    )


network, mode, batch = sys.argv[1], sys.argv[2], int(sys.argv[3])
model, shape, classes, batches = (
    (lenet5(), (28, 28, 1), 10, 200) if network == "lenet5" else (alexnet(), (224, 224, 3), 1000, 4)
)
model.compile(keras.optimizers.SGD(0.01, 0.9), "sparse_categorical_crossentropy", jit_compile=mode == "xla")
count = batch * batches
images = np.random.rand(count, *shape).astype("float32")
labels = np.random.randint(0, classes, count)


def fit():
    model.fit(images, labels, batch_size=batch, epochs=1, verbose=0)


fit()
print("ready", flush=True)
for line in sys.stdin:
    seconds = float(line.split()[1])
    began = time.perf_counter()
    done = 0
    while done == 0 or time.perf_counter() - began < seconds:
        fit()
        done += count
    print(json.dumps({"images": done, "seconds": time.perf_counter() - began}), flush=True)
