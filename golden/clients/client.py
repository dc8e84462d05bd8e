"""Prints for each answer of a server its status, and what the model of Default has of its body.

client.py ADDRESS NAME:MODEL:ANSWERS...
"""

import importlib
import json
import sys

address, *clients = sys.argv[1:]
for name, model, answers in (client.split(":") for client in clients):
    generated = importlib.import_module(name)
    host = generated.Configuration(host=f"{address}/{name}")
    api = generated.DefaultApi(generated.ApiClient(host))
    for n in range(int(answers)):
        try:
            api.get_answer(str(n))
        except generated.ApiException as e:
            error = getattr(generated, model).from_json(e.body)
            print(json.dumps({"status": e.status, "body": error.to_dict()}))
        else:
            sys.exit("no error")
