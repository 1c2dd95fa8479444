"""Runs SQL for the conformance kit: one JSON request a line on stdin, one JSON answer a line on stdout.

{"run": "statements"} answers {}, {"rows": "query"} answers {"rows": [...]}; what fails answers {"error": "..."}.
"""

import json
import os
import sys

from pyspark.sql import SparkSession

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # what Spark prints must not stand among the answers

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.sql.shuffle.partitions", "1")
    .config("spark.sql.adaptive.enabled", "false")
    # Thousands of encounters are few for Spark: making code for each query would take longer than running it.
    .config("spark.sql.codegen.wholeStage", "false")
    .config("spark.sql.autoBroadcastJoinThreshold", "-1")
    .config("spark.sql.warehouse.dir", sys.argv[1])
    .config("spark.sql.legacy.createHiveTableByDefault", "false")
    .config("spark.log.level", "ERROR")
    .getOrCreate()
)


def answer(request):
    if "rows" in request:
        return {"rows": [row.asDict() for row in spark.sql(request["rows"]).collect()]}
    for statement in request["run"].split(";\n"):
        if statement.strip():
            spark.sql(statement.strip().rstrip(";"))
    return {}


print(json.dumps({"version": spark.version}), file=answers, flush=True)
for line in sys.stdin:
    try:
        result = answer(json.loads(line))
    except Exception as error:  # the reader of the answer decides what an error means
        result = {"error": str(error)[:4000]}
    print(json.dumps(result), file=answers, flush=True)
