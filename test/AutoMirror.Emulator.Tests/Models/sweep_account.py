"""Requests that succeed for the services around EC2: identities, logs, alarms, functions, topics."""
import io, itertools, json, zipfile

IAM = """CreateRole GetRole ListRoles UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy PutRolePermissionsBoundary
DeleteRolePermissionsBoundary TagRole UntagRole ListRoleTags ListInstanceProfilesForRole PutRolePolicy GetRolePolicy ListRolePolicies
DeleteRolePolicy AttachRolePolicy ListAttachedRolePolicies DetachRolePolicy CreatePolicy GetPolicy ListPolicies CreatePolicyVersion
GetPolicyVersion ListPolicyVersions SetDefaultPolicyVersion DeletePolicyVersion TagPolicy UntagPolicy ListEntitiesForPolicy DeleteRole
DeletePolicy""".split()
LOGS = """CreateLogGroup DescribeLogGroups PutRetentionPolicy DeleteRetentionPolicy AssociateKmsKey DisassociateKmsKey TagResource
ListTagsForResource UntagResource TagLogGroup ListTagsLogGroup UntagLogGroup CreateLogStream DescribeLogStreams PutLogEvents GetLogEvents
FilterLogEvents PutQueryDefinition DescribeQueryDefinitions DeleteQueryDefinition DeleteLogStream DeleteLogGroup""".split()
CLOUDWATCH = """PutMetricAlarm DescribeAlarms DescribeAlarmsForMetric DescribeAlarmHistory SetAlarmState EnableAlarmActions
DisableAlarmActions TagResource ListTagsForResource UntagResource PutMetricData GetMetricData GetMetricStatistics ListMetrics PutDashboard
GetDashboard ListDashboards DeleteDashboards DeleteAlarms""".split()
LAMBDA = """CreateFunction GetFunction ListFunctions GetFunctionConfiguration UpdateFunctionConfiguration UpdateFunctionCode
ListVersionsByFunction ListAliases AddPermission GetPolicy RemovePermission PutFunctionConcurrency GetFunctionConcurrency
DeleteFunctionConcurrency PutFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig GetFunctionEventInvokeConfig
ListFunctionEventInvokeConfigs DeleteFunctionEventInvokeConfig GetFunctionRecursionConfig PutFunctionRecursionConfig
GetFunctionCodeSigningConfig GetRuntimeManagementConfig CreateEventSourceMapping ListEventSourceMappings GetEventSourceMapping
UpdateEventSourceMapping DeleteEventSourceMapping ListTags TagResource UntagResource GetAccountSettings DeleteFunction""".split()
SNS = """CreateTopic GetTopicAttributes SetTopicAttributes ListTopics TagResource ListTagsForResource UntagResource Subscribe
ListSubscriptionsByTopic Publish Unsubscribe DeleteTopic""".split()

TAGS = [{"Key": "team", "Value": "net"}]


def policy(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow"} | statement]})


EVERYTHING = policy(Action="*", Resource="*")
TRUST = policy(Principal={"AWS": "123456789012", "Service": "lambda.amazonaws.com"}, Action="sts:AssumeRole")
METRIC = {"Namespace": "Mine", "MetricName": "m", "Dimensions": [{"Name": "d", "Value": "v"}]}


def package():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(zipfile.ZipInfo("bootstrap"), "#!/bin/sh\n")
    return data.getvalue()


class Account:
    """Each request makes what it needs, so that every action finds something to do."""

    def __init__(self, clients):
        self.clients, self.numbers = clients, itertools.count(1)
        self.role = clients["iam"].create_role(RoleName="x", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
        clients["iam"].put_role_policy(RoleName="x", PolicyName="all", PolicyDocument=EVERYTHING)
        self.queue = clients["sqs"].create_queue(QueueName="events")["QueueUrl"]
        clients["cloudwatch"].put_metric_data(Namespace="Mine", MetricData=[{
            "MetricName": "m", "Dimensions": METRIC["Dimensions"], "Value": 1.5, "Unit": "Count"}])

    def name(self):
        return f"n{next(self.numbers)}"

    def of(self, service, action):
        return {"iam": self.iam, "logs": self.logs, "cloudwatch": self.cloudwatch, "lambda": self.functions, "sns": self.topics}[service](action)

    def iam(self, action):
        client, name = self.clients["iam"], self.name()
        made = {"RoleName": name, "AssumeRolePolicyDocument": TRUST, "Description": "d", "Tags": TAGS}
        if action == "CreateRole":
            return made
        if action == "CreatePolicy":
            return {"PolicyName": name, "PolicyDocument": EVERYTHING, "Description": "d", "Tags": TAGS}
        if action in ("ListRoles", "ListPolicies"):
            return {}
        if "Policy" in action and "Role" not in action or "Policies" in action and "Role" not in action:
            arn = client.create_policy(PolicyName=name, PolicyDocument=EVERYTHING)["Policy"]["Arn"]
            if action in ("GetPolicyVersion", "SetDefaultPolicyVersion", "DeletePolicyVersion"):
                client.create_policy_version(PolicyArn=arn, PolicyDocument=EVERYTHING)
            version = {"VersionId": "v2"}
            return {"PolicyArn": arn} | {
                "CreatePolicyVersion": {"PolicyDocument": EVERYTHING}, "GetPolicyVersion": version, "SetDefaultPolicyVersion": version,
                "DeletePolicyVersion": version, "TagPolicy": {"Tags": TAGS}, "UntagPolicy": {"TagKeys": ["team"]},
            }.get(action, {})
        client.create_role(**made)
        inline, attached = {"PolicyName": "p"}, {"PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}
        if action in ("GetRolePolicy", "DeleteRolePolicy", "ListRolePolicies"):
            client.put_role_policy(RoleName=name, PolicyDocument=EVERYTHING, **inline)
        if action in ("DetachRolePolicy", "ListAttachedRolePolicies"):
            client.attach_role_policy(RoleName=name, **attached)
        return {"RoleName": name} | {
            "UpdateRole": {"MaxSessionDuration": 7200}, "UpdateRoleDescription": {"Description": "e"},
            "UpdateAssumeRolePolicy": {"PolicyDocument": TRUST},
            "PutRolePermissionsBoundary": {"PermissionsBoundary": attached["PolicyArn"]}, "TagRole": {"Tags": TAGS},
            "UntagRole": {"TagKeys": ["team"]}, "PutRolePolicy": inline | {"PolicyDocument": EVERYTHING}, "GetRolePolicy": inline,
            "DeleteRolePolicy": inline, "AttachRolePolicy": attached, "DetachRolePolicy": attached,
        }.get(action, {})

    def logs(self, action):
        client, name = self.clients["logs"], "/" + self.name()
        group, stream = {"logGroupName": name}, {"logStreamName": "s"}
        if action == "CreateLogGroup":
            return group | {"tags": {"team": "net"}}
        if action in ("DescribeLogGroups", "DescribeQueryDefinitions"):
            return {}
        query = {"name": name, "queryString": "fields @message", "logGroupNames": [name]}
        if action == "PutQueryDefinition":
            return query
        if action == "DeleteQueryDefinition":
            return {"queryDefinitionId": client.put_query_definition(**query)["queryDefinitionId"]}
        client.create_log_group(**group, tags={"team": "net"})
        arn = {"resourceArn": client.describe_log_groups(logGroupNamePrefix=name)["logGroups"][0]["logGroupArn"]}
        if action != "CreateLogStream":
            client.create_log_stream(**group, **stream)
        import time
        events = {"logEvents": [{"timestamp": int(time.time() * 1000), "message": '{"level":"INFO"}'}]}
        if action in ("GetLogEvents", "FilterLogEvents", "DescribeLogStreams"):
            client.put_log_events(**group, **stream, **events)
        return {
            "PutRetentionPolicy": group | {"retentionInDays": 30}, "AssociateKmsKey": group | {"kmsKeyId": "arn:aws:kms:us-east-1:1:key/x"},
            "TagResource": arn | {"tags": {"a": "b"}}, "UntagResource": arn | {"tagKeys": ["team"]}, "ListTagsForResource": arn,
            "TagLogGroup": group | {"tags": {"a": "b"}}, "UntagLogGroup": group | {"tags": ["team"]},
            "CreateLogStream": group | stream, "DeleteLogStream": group | stream, "PutLogEvents": group | stream | events,
            "GetLogEvents": group | stream, "FilterLogEvents": group | {"filterPattern": '{ $.level = "INFO" }'},
        }.get(action, group)

    def cloudwatch(self, action):
        client, name = self.clients["cloudwatch"], self.name()
        alarm = METRIC | {
            "AlarmName": name, "Period": 60, "EvaluationPeriods": 1, "Threshold": 0.5, "ComparisonOperator": "GreaterThanThreshold",
            "Statistic": "Sum", "Tags": TAGS, "TreatMissingData": "notBreaching", "AlarmDescription": "d"}
        if action == "PutMetricAlarm":
            return alarm
        client.put_metric_alarm(**alarm)
        client.put_dashboard(DashboardName=name, DashboardBody="{}")
        arn = {"ResourceARN": f"arn:aws:cloudwatch:us-east-1:123456789012:alarm:{name}"}
        time = {"StartTime": "2020-01-01T00:00:00Z", "EndTime": "2035-01-01T00:00:00Z"}
        stat = {"Metric": METRIC, "Period": 60, "Stat": "p99"}
        return {
            "DescribeAlarms": {"AlarmNames": [name]}, "DescribeAlarmsForMetric": METRIC,
            "DescribeAlarmHistory": {}, "SetAlarmState": {"AlarmName": name, "StateValue": "ALARM", "StateReason": "r"},
            "TagResource": arn | {"Tags": TAGS}, "UntagResource": arn | {"TagKeys": ["team"]}, "ListTagsForResource": arn,
            "PutMetricData": {"Namespace": "Mine", "MetricData": [{"MetricName": "m", "Value": 1.0}]},
            "GetMetricData": time | {"MetricDataQueries": [{"Id": "a", "MetricStat": stat}, {"Id": "b", "Expression": "a / 2"}]},
            "GetMetricStatistics": METRIC | time | {"Period": 604800, "Statistics": ["Sum", "Average"]}, "ListMetrics": {},
            "PutDashboard": {"DashboardName": name, "DashboardBody": "{}"}, "GetDashboard": {"DashboardName": name}, "ListDashboards": {},
            "DeleteDashboards": {"DashboardNames": [name]},
        }.get(action, {"AlarmNames": [name]})

    def functions(self, action):
        client, name = self.clients["lambda"], self.name()
        function = {"FunctionName": name}
        made = function | {
            "Role": self.role, "Runtime": "provided.al2023", "Handler": "bootstrap", "Code": {"ZipFile": package()}, "Description": "d",
            "Environment": {"Variables": {"A": "b"}}, "Tags": {"team": "net"}, "LoggingConfig": {"LogFormat": "JSON"}, "Timeout": 3}
        if action == "CreateFunction":
            return made
        arn = client.create_function(**made)["FunctionArn"]
        permission = {"StatementId": "s", "Action": "lambda:InvokeFunction", "Principal": "events.amazonaws.com"}
        if action in ("GetPolicy", "RemovePermission"):
            client.add_permission(**function, **permission)
        queue = self.clients["sqs"].create_queue(QueueName=name)["QueueUrl"]
        source = self.clients["sqs"].get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        settings = {"MaximumRetryAttempts": 1, "DestinationConfig": {"OnFailure": {"Destination": source}}}
        if "EventInvokeConfig" in action:
            client.put_function_event_invoke_config(**function, **settings)
        mapping = {}
        if action in ("GetEventSourceMapping", "UpdateEventSourceMapping", "DeleteEventSourceMapping", "ListEventSourceMappings"):
            mapping = {"UUID": client.create_event_source_mapping(**function, EventSourceArn=source)["UUID"]}
        return {
            "UpdateFunctionConfiguration": function | {"MemorySize": 256}, "UpdateFunctionCode": function | {"ZipFile": package()},
            "ListFunctions": {}, "GetAccountSettings": {}, "AddPermission": function | permission,
            "RemovePermission": function | {"StatementId": "s"}, "PutFunctionConcurrency": function | {"ReservedConcurrentExecutions": 0},
            "PutFunctionEventInvokeConfig": function | settings, "UpdateFunctionEventInvokeConfig": function | settings,
            "PutFunctionRecursionConfig": function | {"RecursiveLoop": "Allow"},
            "CreateEventSourceMapping": function | {"EventSourceArn": source, "BatchSize": 5},
            "GetEventSourceMapping": mapping, "DeleteEventSourceMapping": mapping, "ListEventSourceMappings": {},
            "UpdateEventSourceMapping": mapping | {"BatchSize": 7}, "ListTags": {"Resource": arn},
            "TagResource": {"Resource": arn, "Tags": {"a": "b"}}, "UntagResource": {"Resource": arn, "TagKeys": ["team"]},
        }.get(action, function)

    def topics(self, action):
        client, name = self.clients["sns"], self.name()
        if action == "CreateTopic":
            return {"Name": name, "Tags": TAGS}
        topic = {"TopicArn": client.create_topic(Name=name)["TopicArn"]}
        resource, endpoint = {"ResourceArn": topic["TopicArn"]}, {"Protocol": "email", "Endpoint": "a@b.example"}
        return {
            "SetTopicAttributes": topic | {"AttributeName": "DisplayName", "AttributeValue": "d"}, "ListTopics": {},
            "TagResource": resource | {"Tags": TAGS}, "UntagResource": resource | {"TagKeys": ["team"]}, "ListTagsForResource": resource,
            "Subscribe": topic | endpoint, "Publish": topic | {"Message": "m", "Subject": "s"},
            "Unsubscribe": {"SubscriptionArn": topic["TopicArn"] + ":x"},
        }.get(action, topic)
