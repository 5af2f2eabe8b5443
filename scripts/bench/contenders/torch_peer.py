"""PyTorch as a user would train with it, channels last. Run by peer.mjs: torch_peer.py NETWORK MODE BATCH."""

import json
import sys
import time

import torch
from torch import nn


def lenet5():
    """LeNet-5 (textbook): logistic, average pooling."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),
        nn.Sigmoid(),
        nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.Sigmoid(),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.Sigmoid(),
        nn.Linear(120, 84),
        nn.Sigmoid(),
        nn.Linear(84, 10),
    )


def alexnet():
    """AlexNet as in torchvision: 64-192-384-256-256, no normalisation, no groups."""
    return nn.Sequential(
        nn.Conv2d(3, 64, 11, 4, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(3, 2),
        nn.Conv2d(64, 192, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(3, 2),
        nn.Conv2d(192, 384, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(384, 256, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(256, 256, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(3, 2),
        nn.Flatten(),
        nn.Dropout(),
        nn.Linear(9216, 4096),
        nn.ReLU(),
        nn.Dropout(),
        nn.Linear(4096, 4096),
        nn.ReLU(),
        nn.Linear(4096, 1000),
    )


network, mode, batch = sys.argv[1], sys.argv[2], int(sys.argv[3])
model, shape, classes, batches = (
    (lenet5(), (1, 28, 28), 10, 200) if network == "lenet5" else (alexnet(), (3, 224, 224), 1000, 4)
)
model = model.to(memory_format=torch.channels_last)
optimiser = torch.optim.SGD(model.parameters(), 0.01, 0.9)
criterion = nn.CrossEntropyLoss()
count = batch * batches
images = torch.rand(count, *shape).contiguous(memory_format=torch.channels_last)
labels = torch.randint(0, classes, (count,))


def chosen():
    """Where the images of each next batch are: all of them, in an order of its own each time through, as Keras's fit takes them."""
    while True:
        yield from torch.randperm(count).split(batch)


def loss_of(batch_images, batch_labels):
    return criterion(model(batch_images), batch_labels)


if mode == "compile":
    loss_of = torch.compile(loss_of)

places = chosen()


def step():
    place = next(places)
    optimiser.zero_grad()
    loss = loss_of(images[place].contiguous(memory_format=torch.channels_last), labels[place])
    loss.backward()
    optimiser.step()
    return loss.item()


for _ in range(15 if network == "lenet5" else 2):
    step()
print("ready", flush=True)
for line in sys.stdin:
    seconds = float(line.split()[1])
    began = time.perf_counter()
    done = 0
    while done == 0 or time.perf_counter() - began < seconds:
        step()
        done += batch
    print(json.dumps({"images": done, "seconds": time.perf_counter() - began}), flush=True)
