#!/usr/bin/env python
# coding: utf-8

# # Building blocks

# In[1]:


import numpy as np
import matplotlib.pyplot as plt
get_ipython().run_line_magic('matplotlib', 'inline')
from IPython.display import display


# In[2]:


def dot(a, b):
    return sum(a * b)

print(dot(np.array([1, 2, 3]), np.array([2, 4, 6])))


# In[3]:


def matmul(A, B):
    C = np.empty((A.shape[0], B.shape[1]))
    for i, row in enumerate(A):
        for j, column in enumerate(B.T):
            C[i][j] = dot(row, column)
    return C

display(matmul(np.eye(2), np.ones((2, 3))))


# In[4]:


def sigmoid(x):
    return 1/(1+np.exp(-x))

def sigmoid_derivative(y):
    return y - y*y

x = np.linspace(-8, 8, 100)
plt.plot(x, sigmoid(x))
plt.plot(x, sigmoid_derivative(sigmoid(x)))
plt.legend(['sigmoid', 'slope'])
plt.show()


# In[5]:


def relu(x):
    return np.where(x < 0, 0, x)


# In[6]:


def softmax(scores):
    out = np.zeros_like(scores)
    for i in range(scores.shape[0]):
        e = np.exp(scores[i] - scores[i].max())
        out[i] = e / e.sum()
    return out

softmax(np.array([[3, 1.5, 6]]))


# In[7]:


def one_hot(labels, num_classes):
    out = np.zeros((len(labels), num_classes))
    for i in range(len(labels)):
        out[i][labels[i]] = 1
    return out

def categorical_cross_entropy(targets, predictions):
    return -(targets * np.log(predictions)).sum(axis=1).mean()


# In[8]:


def sse(targets, predictions):
    return np.sum((targets - predictions)**2)

def mse(targets, predictions):
    return sse(targets, predictions) / targets.shape[0]

def mae(targets, predictions):
    return np.sum(np.abs(targets - predictions)) / targets.shape[0]

def mbe(targets, predictions):
    return np.sum(predictions - targets) / targets.shape[0]


# In[9]:


functions = {'relu': relu, 'sigmoid': sigmoid, 'linear': lambda x: x}

def forward(inputs, weights, activation):
    h = inputs
    for W in weights:
        h = functions[activation](matmul(h, W))
    return h


# In[10]:


def training_updates(samples, batch_size, epochs):
    per_epoch = samples // batch_size
    if samples % batch_size != 0:
        per_epoch += 1
    return per_epoch * epochs

get_ipython().run_line_magic('timeit', 'training_updates(200, 5, 1000)')
