"""What the sweep compares, and a small account in which every describe has something to answer."""
import itertools
from sweep_account import Account

EC2 = """CreateTrafficMirrorFilter CreateTrafficMirrorFilterRule CreateTrafficMirrorSession CreateTrafficMirrorTarget
ModifyTrafficMirrorFilterNetworkServices ModifyTrafficMirrorFilterRule ModifyTrafficMirrorSession DescribeTrafficMirrorFilterRules
DescribeTrafficMirrorFilters DescribeTrafficMirrorSessions DescribeTrafficMirrorTargets RunInstances StartInstances RebootInstances
DescribeInstances DescribeInstanceStatus DescribeInstanceTypes CreateNetworkInterface ModifyNetworkInterfaceAttribute
DescribeNetworkInterfaces CreateVpc DescribeVpcs CreateSubnet DescribeSubnets ModifySubnetAttribute DescribeNetworkAcls
DescribeAvailabilityZones CreateSecurityGroup DescribeSecurityGroups AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress
RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateTags DescribeTags DeleteTags DeleteTrafficMirrorSession
DeleteTrafficMirrorTarget DeleteTrafficMirrorFilterRule DeleteTrafficMirrorFilter AttachNetworkInterface DetachNetworkInterface
DeleteNetworkInterface StopInstances TerminateInstances DeleteSubnet DeleteVpc DeleteSecurityGroup GetManagedResourceVisibility
ModifyManagedResourceVisibility""".split()
SSM = """PutParameter GetParameter GetParameters GetParametersByPath DescribeParameters AddTagsToResource ListTagsForResource
RemoveTagsFromResource DeleteParameters DeleteParameter""".split()
EVENTS = """PutRule DescribeRule ListRules EnableRule DisableRule TagResource ListTagsForResource UntagResource PutTargets
ListTargetsByRule PutEvents RemoveTargets
DeleteRule""".split()
SQS = """CreateQueue GetQueueUrl ListQueues GetQueueAttributes SetQueueAttributes SendMessage SendMessageBatch ReceiveMessage
ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch TagQueue
ListQueueTags UntagQueue ListDeadLetterSourceQueues PurgeQueue DeleteQueue""".split()
STS = ["GetCallerIdentity", "AssumeRole", "DecodeAuthorizationMessage"]

# Filters of what is not here, which match nothing; and limits of what is not here and has no effect.
NOTHING = {
    "DescribeInstances": r"affinity|block-device-mapping\..*|boot-mode|capacity-reservation.*|current-instance-boot-mode|enclave-.*|"
    r"hibernation-.*|host-id|iam-instance-profile.*|instance-lifecycle|kernel-id|maintenance-.*|metadata-.*|"
    r"network-interface\.(.*association\.(allocation-id|association-id|carrier-ip|customer-owned-ip)|deny-all-igw-traffic|ipv.-prefixes.*|"
    r"outpost-arn|requester-id)|network-performance-.*|outpost-arn|placement-.*|platform.*|"
    r"private-dns-name-options.*|product-code.*|ramdisk-id|requester-id|spot-instance-request-id|tpm-support|usage-.*",
    "DescribeInstanceStatus": r"attached-ebs-status.*|event\..*",
    "DescribeInstanceTypes": r"(?!bare-metal|current-generation|hypervisor|instance-type|memory-info|.*default-vcpus|.*architecture)"
    r"(?!.*maximum-network-(interfaces|cards)|.*ipv4-addresses-per-interface).*",
    "DescribeNetworkInterfaces": r"association.(allocation|association)-id",
    "DescribeVpcs": r"dhcp-options-id|.*ipv6-pool",
    "DescribeSubnets": r"customer-owned-.*|map-customer-.*|enable-lni-.*|outpost-arn|private-dns-.*",
    "DescribeNetworkAcls": r"entry.(icmp|port-range).*",
    "DescribeRouteTables": r"association.gateway-id|route.destination-prefix-list-id",
    "DescribeAvailabilityZones": r"group-long-name|message|parent-.*",
    "DescribeSecurityGroups": r".*prefix-list-id",
    ("AssumeRole", "ExternalId"): "", ("AssumeRole", "SerialNumber"): "", ("AssumeRole", "TokenCode"): "",
    ("AssumeRole", "ProvidedContexts"): "",
}
BALANCER = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/n/%016x"
TAGS = [{"Key": "Name", "Value": "web"}]
RULE = {"IpProtocol": "udp", "FromPort": 4789, "ToPort": 4789, "IpRanges": [{"CidrIp": "10.0.0.0/8"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}


def tagged(kind):
    return [{"ResourceType": kind, "Tags": TAGS}]


class World:
    """Requests that succeed, for each action; ids and numbers are new each time where they have to be."""

    def __init__(self, clients):
        ec2, self.sqs, self.numbers = clients["ec2"], clients["sqs"], itertools.count(10)
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True, TagSpecifications=tagged("vpc"))["Vpc"]["VpcId"]
        block = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/17", Ipv6CidrBlock=block.replace("/56", "/64"),
                                   TagSpecifications=tagged("subnet"))["Subnet"]["SubnetId"]
        ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
        acl = ec2.describe_network_acls(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["NetworkAcls"][0]["NetworkAclId"]
        launched = ec2.run_instances(
            ImageId="ami-1", InstanceType="m5.large", MinCount=3, MaxCount=3, KeyName="k", SubnetId=subnet, Ipv6AddressCount=1,
            ClientToken="t", TagSpecifications=tagged("instance") + tagged("network-interface"))["Instances"]
        self.instance, self.stopped, self.other = [one["InstanceId"] for one in launched]
        ec2.stop_instances(InstanceIds=[self.stopped])
        self.cards = [one["NetworkInterfaces"][0]["NetworkInterfaceId"] for one in launched]
        self.filter = ec2.create_traffic_mirror_filter(Description="d")["TrafficMirrorFilter"]["TrafficMirrorFilterId"]
        self.target = self.new_target(ec2)
        ec2.create_traffic_mirror_target(NetworkInterfaceId=self.cards[2])
        self.group = ec2.create_security_group(GroupName="g", Description="d", VpcId=vpc,
                                               TagSpecifications=tagged("security-group"))["GroupId"]
        rule = RULE | {"UserIdGroupPairs": [{"GroupId": self.group}]}
        ec2.authorize_security_group_ingress(GroupId=self.group, IpPermissions=[rule])
        ec2.authorize_security_group_egress(GroupId=self.group, IpPermissions=[rule])
        ec2.create_tags(Resources=[acl], Tags=TAGS)
        self.client, self.vpc, self.subnet = ec2, vpc, subnet
        self.card = self.new_card(ec2)
        self.session, self.rule = self.new_session(ec2), self.new_rule(ec2)
        ec2.modify_traffic_mirror_session(TrafficMirrorSessionId=self.session, PacketLength=100)
        clients["ssm"].put_parameter(Name="/a/b", Value="v", Type="SecureString", Description="d", AllowedPattern=".*")
        clients["events"].put_rule(Name="scheduled", ScheduleExpression="rate(5 minutes)")
        self.url = self.sqs.create_queue(QueueName="q")["QueueUrl"]
        self.account = Account(clients)

    def new_card(self, ec2):
        return ec2.create_network_interface(SubnetId=self.subnet)["NetworkInterface"]["NetworkInterfaceId"]

    def new_target(self, ec2):
        return ec2.create_traffic_mirror_target(NetworkLoadBalancerArn=BALANCER % next(self.numbers),
                                                Description="d")["TrafficMirrorTarget"]["TrafficMirrorTargetId"]

    def new_session(self, ec2):
        return ec2.create_traffic_mirror_session(
            NetworkInterfaceId=self.cards[0], TrafficMirrorTargetId=self.target, TrafficMirrorFilterId=self.filter, Description="d",
            SessionNumber=next(self.numbers))["TrafficMirrorSession"]["TrafficMirrorSessionId"]

    def new_rule(self, ec2):
        return ec2.create_traffic_mirror_filter_rule(
            **self.ec2("CreateTrafficMirrorFilterRule"), Protocol=17, Description="d", SourcePortRange={"FromPort": 1, "ToPort": 2},
            DestinationPortRange={"FromPort": 1, "ToPort": 2})["TrafficMirrorFilterRule"]["TrafficMirrorFilterRuleId"]

    def of(self, service, action):
        own = {"ec2": self.ec2, "ssm": self.ssm, "events": self.events, "sqs": self.queues, "sts": self.roles}
        return own[service](action) if service in own else self.account.of(service, action)

    def ec2(self, action):
        number, rest = next(self.numbers), {}
        if action == "DeleteTags":
            rest = {"Resources": [self.filter]}
        elif action == "DetachNetworkInterface":
            card = self.client.describe_network_interfaces(NetworkInterfaceIds=[self.card])["NetworkInterfaces"][0]
            rest = {"AttachmentId": card.get("Attachment", {}).get("AttachmentId", "eni-attach-01234567")}
        elif action == "DeleteTrafficMirrorTarget":
            rest = {"TrafficMirrorTargetId": self.new_target(self.client)}
        elif action == "DeleteTrafficMirrorFilter":
            rest = {"TrafficMirrorFilterId": self.client.create_traffic_mirror_filter()["TrafficMirrorFilter"]["TrafficMirrorFilterId"]}
        elif action in ("DeleteVpc", "DeleteSubnet"):
            vpc = self.client.create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"]
            rest = {"VpcId": vpc} if action == "DeleteVpc" else {
                "SubnetId": self.client.create_subnet(VpcId=vpc, CidrBlock="10.8.0.0/24")["Subnet"]["SubnetId"]}
        elif action == "DeleteSecurityGroup":
            rest = {"GroupId": self.client.create_security_group(GroupName=f"g{number}", Description="d")["GroupId"]}
        egress, last = {"GroupId": self.group}, {"IpProtocol": "tcp", "FromPort": number, "ToPort": number, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
        return rest or {
            "CreateTrafficMirrorFilterRule": lambda: {
                "TrafficMirrorFilterId": self.filter, "TrafficDirection": "egress" if number % 2 else "ingress", "RuleNumber": number,
                "RuleAction": "accept", "SourceCidrBlock": "10.0.0.0/8", "DestinationCidrBlock": "10.0.0.0/8"},
            "CreateTrafficMirrorSession": lambda: {
                "NetworkInterfaceId": self.cards[1], "TrafficMirrorTargetId": self.target, "TrafficMirrorFilterId": self.filter,
                "SessionNumber": number},
            "CreateTrafficMirrorTarget": lambda: {"NetworkLoadBalancerArn": BALANCER % number},
            "ModifyTrafficMirrorFilterNetworkServices": lambda: {"TrafficMirrorFilterId": self.filter},
            "ModifyTrafficMirrorFilterRule": lambda: {"TrafficMirrorFilterRuleId": self.rule},
            "DeleteTrafficMirrorFilterRule": lambda: {"TrafficMirrorFilterRuleId": self.rule},
            "ModifyTrafficMirrorSession": lambda: {"TrafficMirrorSessionId": self.session},
            "DeleteTrafficMirrorSession": lambda: {"TrafficMirrorSessionId": self.session},
            "RunInstances": lambda: {"ImageId": "ami-1", "InstanceType": "m5.large", "MinCount": 1, "MaxCount": 1},
            "StartInstances": lambda: {"InstanceIds": [self.instance]}, "RebootInstances": lambda: {"InstanceIds": [self.instance]},
            "StopInstances": lambda: {"InstanceIds": [self.other]}, "TerminateInstances": lambda: {"InstanceIds": [self.other]},
            "CreateNetworkInterface": lambda: {"SubnetId": self.subnet},
            "AttachNetworkInterface": lambda: {"NetworkInterfaceId": self.card, "InstanceId": self.instance, "DeviceIndex": 1},
            "DeleteNetworkInterface": lambda: {"NetworkInterfaceId": self.card},
            "ModifyNetworkInterfaceAttribute": lambda: {"NetworkInterfaceId": self.card, "Description": {"Value": "d"}},
            "CreateVpc": lambda: {"CidrBlock": "10.9.0.0/16"},
            "CreateSubnet": lambda: {"VpcId": self.vpc, "CidrBlock": f"10.0.{128 + number % 128}.0/24"},
            "ModifySubnetAttribute": lambda: {"SubnetId": self.subnet, "MapPublicIpOnLaunch": {"Value": True}},
            "CreateSecurityGroup": lambda: {"GroupName": f"g{number}", "Description": "d"},
            "AuthorizeSecurityGroupIngress": lambda: egress | {"IpPermissions": [last]},
            "AuthorizeSecurityGroupEgress": lambda: egress | {"IpPermissions": [last]},
            "RevokeSecurityGroupIngress": lambda: egress | {"IpPermissions": [RULE]},
            "RevokeSecurityGroupEgress": lambda: egress | {"IpPermissions": [RULE]},
            "CreateTags": lambda: {"Resources": [self.filter], "Tags": TAGS},
            "ModifyManagedResourceVisibility": lambda: {"DefaultVisibility": "visible"},
        }.get(action, dict)()

    def ssm(self, action):
        name, tagging = {"Name": "/a/b"}, {"ResourceType": "Parameter", "ResourceId": "/a/b"}
        return {
            "PutParameter": name | {"Value": "v", "Overwrite": True}, "GetParameter": name, "DeleteParameter": name,
            "GetParameters": {"Names": ["/a/b", "/no"]}, "DeleteParameters": {"Names": ["/no"]}, "GetParametersByPath": {"Path": "/a"},
            "DescribeParameters": {}, "AddTagsToResource": tagging | {"Tags": TAGS}, "ListTagsForResource": tagging,
            "RemoveTagsFromResource": tagging | {"TagKeys": ["Other"]},
        }[action]

    def events(self, action):
        rule = {"ResourceARN": "arn:aws:events:us-east-1:123456789012:rule/r"}
        target = {"Id": "t", "Arn": "arn:aws:sqs:us-east-1:123456789012:q", "RetryPolicy": {"MaximumRetryAttempts": 3}}
        return {
            "PutRule": {"Name": "r", "EventPattern": '{"source":["x"]}', "Description": "d"}, "PutTargets": {"Rule": "r", "Targets": [target]},
            "TagResource": rule | {"Tags": TAGS}, "UntagResource": rule | {"TagKeys": ["Name"]}, "ListTagsForResource": rule,
            "ListTargetsByRule": {"Rule": "r"}, "RemoveTargets": {"Rule": "r", "Ids": ["t"]}, "ListRules": {},
            "PutEvents": {"Entries": [{"Source": "a", "DetailType": "b", "Detail": "{}"}, {"Source": "aws.x"}]},
        }.get(action, {"Name": "r"})

    def queues(self, action):
        queue, handle = {"QueueUrl": self.url}, {}
        if action.startswith("ChangeMessage"):
            self.sqs.send_message(**queue, MessageBody="x")
            handle = {"ReceiptHandle": self.sqs.receive_message(**queue)["Messages"][0]["ReceiptHandle"], "VisibilityTimeout": 5}
        message = {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "String", "StringValue": "v"}}}
        return {
            "CreateQueue": {"QueueName": "q"}, "GetQueueUrl": {"QueueName": "q"}, "ListQueues": {},
            "GetQueueAttributes": queue | {"AttributeNames": ["All"]}, "SetQueueAttributes": queue | {"Attributes": {"DelaySeconds": "0"}},
            "SendMessage": queue | message, "SendMessageBatch": queue | {"Entries": [{"Id": "1"} | message, {"Id": "2", "MessageBody": ""}]},
            "ReceiveMessage": queue | {"AttributeNames": ["All"], "MessageAttributeNames": ["All"], "MaxNumberOfMessages": 10},
            "ChangeMessageVisibility": queue | handle, "ChangeMessageVisibilityBatch": queue | {"Entries": [{"Id": "1"} | handle]},
            "TagQueue": queue | {"Tags": {"team": "net"}}, "UntagQueue": queue | {"TagKeys": ["team"]},
            "DeleteMessage": queue | {"ReceiptHandle": "AQEBx"}, "DeleteMessageBatch": queue | {"Entries": [{"Id": "1", "ReceiptHandle": "x"}]},
        }.get(action, queue)

    def roles(self, action):
        return {
            "AssumeRole": {"RoleArn": self.account.role, "RoleSessionName": "me", "SourceIdentity": "me"},
            "DecodeAuthorizationMessage": {"EncodedMessage": "e30="},
        }.get(action, {})
