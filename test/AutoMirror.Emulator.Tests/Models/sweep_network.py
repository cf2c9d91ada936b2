"""Requests that succeed, for the actions of what packets meet on their way: routes, ACLs, peering, load balancers, endpoints."""
import itertools

ROUTES = """CreateRouteTable CreateRoute ReplaceRoute DeleteRoute AssociateRouteTable ReplaceRouteTableAssociation DisassociateRouteTable
DescribeRouteTables DeleteRouteTable CreateNetworkAcl CreateNetworkAclEntry ReplaceNetworkAclEntry DeleteNetworkAclEntry
ReplaceNetworkAclAssociation DeleteNetworkAcl CreateVpcPeeringConnection AcceptVpcPeeringConnection DescribeVpcPeeringConnections
DeleteVpcPeeringConnection CreateVpcEndpointServiceConfiguration DescribeVpcEndpointServiceConfigurations CreateVpcEndpoint
AcceptVpcEndpointConnections DescribeVpcEndpoints DeleteVpcEndpoints DeleteVpcEndpointServiceConfigurations""".split()
BALANCING = """CreateLoadBalancer DescribeLoadBalancers DescribeLoadBalancerAttributes ModifyLoadBalancerAttributes SetSecurityGroups
CreateTargetGroup RegisterTargets DescribeTargetGroups DescribeTargetHealth CreateListener DescribeListeners AddTags DescribeTags
RemoveTags DeregisterTargets DeleteListener DeleteTargetGroup DeleteLoadBalancer""".split()
TAGS = [{"Key": "Name", "Value": "web"}]


class Network:
    """VPCs, load balancers and endpoints, and for each action a request; what is deleted is made just before."""

    def __init__(self, clients):
        self.client, self.balancing, self.numbers = clients["ec2"], clients["elbv2"], itertools.count(1)
        self.vpc, self.peer = self.new_vpc("10.20.0.0/16"), self.new_vpc("10.21.0.0/16")
        self.table, self.acl = self.new_table(), self.new_acl()
        self.subnet = self.client.create_subnet(VpcId=self.vpc, CidrBlock="10.20.240.0/20")["Subnet"]["SubnetId"]
        self.new_association(self.new_subnet())
        for target in ({"GatewayId": "igw-0123456789abcdef0"}, {"NatGatewayId": "nat-0123456789abcdef0"},
                       {"TransitGatewayId": "tgw-0123456789abcdef0"}, {"VpcPeeringConnectionId": self.new_peering()}):
            self.new_route(self.table, **target)
        self.client.create_route(RouteTableId=self.table, DestinationIpv6CidrBlock="::/0",
                                 EgressOnlyInternetGatewayId="eigw-0123456789abcdef0")
        for entry in ({"Protocol": "6", "PortRange": {"From": 1, "To": 2}, "CidrBlock": "10.0.0.0/8"},
                      {"Protocol": "1", "IcmpTypeCode": {"Type": 8, "Code": 0}, "CidrBlock": "10.0.0.0/8"},
                      {"Protocol": "-1", "Ipv6CidrBlock": "::/0"}):
            self.client.create_network_acl_entry(NetworkAclId=self.acl, RuleNumber=next(self.numbers), RuleAction="allow", Egress=True, **entry)
        self.group = self.client.create_security_group(GroupName="balancer", Description="d", VpcId=self.vpc)["GroupId"]
        self.instance = self.client.run_instances(ImageId="ami-1", InstanceType="m5.large", MinCount=1, MaxCount=1,
                                                  SubnetId=self.subnet)["Instances"][0]["InstanceId"]
        self.new_route(self.table, InstanceId=self.instance)
        self.network, self.gateway = self.new_balancer("network"), self.new_balancer("gateway")
        self.members = self.new_members()
        balancing = self.balancing
        balancing.register_targets(TargetGroupArn=self.members, Targets=[{"Id": self.instance}])
        self.listener = self.new_listener()
        balancing.create_target_group(Name="web", Protocol="TCP", Port=80, VpcId=self.vpc, HealthCheckProtocol="HTTP", Tags=TAGS)
        self.service, self.name = self.new_service()
        self.endpoint = self.new_endpoint()
        self.client.create_tags(Resources=[self.table, self.acl, self.endpoint, self.service, self.new_peering()], Tags=TAGS)

    def of(self, service, action):
        return {"ec2": self.ec2, "elbv2": self.elb}[service](action)

    def new_vpc(self, block):
        return self.client.create_vpc(CidrBlock=block)["Vpc"]["VpcId"]

    def new_subnet(self):
        number = next(self.numbers)
        return self.client.create_subnet(VpcId=self.vpc, CidrBlock=f"10.20.{number // 16}.{number % 16 * 16}/28")["Subnet"]["SubnetId"]

    def new_table(self):
        return self.client.create_route_table(VpcId=self.vpc)["RouteTable"]["RouteTableId"]

    def new_route(self, table, **target):
        block = f"10.99.{next(self.numbers) % 256}.0/24"
        self.client.create_route(RouteTableId=table, DestinationCidrBlock=block, **(target or {"GatewayId": "igw-0123456789abcdef0"}))
        return {"RouteTableId": table, "DestinationCidrBlock": block}

    def new_association(self, subnet):
        return self.client.associate_route_table(RouteTableId=self.table, SubnetId=subnet)["AssociationId"]

    def new_acl(self):
        return self.client.create_network_acl(VpcId=self.vpc)["NetworkAcl"]["NetworkAclId"]

    def new_peering(self):
        return self.client.create_vpc_peering_connection(
            VpcId=self.vpc, PeerVpcId=self.new_vpc("10.22.0.0/16"))["VpcPeeringConnection"]["VpcPeeringConnectionId"]

    def new_balancer(self, kind):
        groups = {"SecurityGroups": [self.group], "Scheme": "internal"} if kind == "network" else {}
        return self.balancing.create_load_balancer(Name=f"b{next(self.numbers)}", Type=kind, Subnets=[self.subnet], Tags=TAGS,
                                                   **groups)["LoadBalancers"][0]["LoadBalancerArn"]

    def new_members(self):
        return self.balancing.create_target_group(Name=f"m{next(self.numbers)}", Protocol="UDP", Port=4789,
                                                  VpcId=self.vpc)["TargetGroups"][0]["TargetGroupArn"]

    def new_listener(self):
        return self.balancing.create_listener(
            LoadBalancerArn=self.network, Protocol="UDP", Port=next(self.numbers),
            DefaultActions=[{"Type": "forward", "TargetGroupArn": self.members}])["Listeners"][0]["ListenerArn"]

    def new_service(self):
        service = self.client.create_vpc_endpoint_service_configuration(GatewayLoadBalancerArns=[self.gateway])["ServiceConfiguration"]
        return service["ServiceId"], service["ServiceName"]

    def new_endpoint(self):
        return self.client.create_vpc_endpoint(VpcEndpointType="GatewayLoadBalancer", VpcId=self.vpc, ServiceName=self.name,
                                               SubnetIds=[self.subnet])["VpcEndpoint"]["VpcEndpointId"]

    def ec2(self, action):
        entry = {"NetworkAclId": self.acl, "RuleNumber": next(self.numbers), "Egress": False}
        rule = {"Protocol": "6", "RuleAction": "allow", "CidrBlock": "10.0.0.0/8", "PortRange": {"From": 1, "To": 2}}
        if action in ("ReplaceNetworkAclEntry", "DeleteNetworkAclEntry"):
            self.client.create_network_acl_entry(**entry, **rule)
        return {
            "CreateRouteTable": lambda: {"VpcId": self.vpc}, "DeleteRouteTable": lambda: {"RouteTableId": self.new_table()},
            "CreateRoute": lambda: {"RouteTableId": self.new_table(), "DestinationCidrBlock": "0.0.0.0/0",
                                    "GatewayId": "igw-0123456789abcdef0"},
            "ReplaceRoute": lambda: self.new_route(self.new_table()) | {"NatGatewayId": "nat-0123456789abcdef0"},
            "DeleteRoute": lambda: self.new_route(self.new_table()),
            "AssociateRouteTable": lambda: {"RouteTableId": self.table, "SubnetId": self.new_subnet()},
            "DisassociateRouteTable": lambda: {"AssociationId": self.new_association(self.new_subnet())},
            "ReplaceRouteTableAssociation": lambda: {
                "AssociationId": self.new_association(self.new_subnet()), "RouteTableId": self.new_table()},
            "CreateNetworkAcl": lambda: {"VpcId": self.vpc}, "DeleteNetworkAcl": lambda: {"NetworkAclId": self.new_acl()},
            "CreateNetworkAclEntry": lambda: entry | rule, "ReplaceNetworkAclEntry": lambda: entry | rule,
            "DeleteNetworkAclEntry": lambda: entry,
            "ReplaceNetworkAclAssociation": lambda: {"AssociationId": self.acl_association(), "NetworkAclId": self.acl},
            "CreateVpcPeeringConnection": lambda: {"VpcId": self.vpc, "PeerVpcId": self.peer},
            "AcceptVpcPeeringConnection": lambda: {"VpcPeeringConnectionId": self.new_peering()},
            "DeleteVpcPeeringConnection": lambda: {"VpcPeeringConnectionId": self.new_peering()},
            "CreateVpcEndpointServiceConfiguration": lambda: {"GatewayLoadBalancerArns": [self.gateway]},
            "DeleteVpcEndpointServiceConfigurations": lambda: {"ServiceIds": [self.new_service()[0], "vpce-svc-0123456789abcdef0"]},
            "CreateVpcEndpoint": lambda: {"VpcEndpointType": "GatewayLoadBalancer", "VpcId": self.vpc, "ServiceName": self.name,
                                          "SubnetIds": [self.subnet]},
            "AcceptVpcEndpointConnections": lambda: {"ServiceId": self.service, "VpcEndpointIds": [self.new_endpoint()]},
            "DeleteVpcEndpoints": lambda: {"VpcEndpointIds": [self.new_endpoint(), "vpce-0123456789abcdef0"]},
        }.get(action, dict)()

    def acl_association(self):
        acls = self.client.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [self.subnet]}])["NetworkAcls"]
        return next(each["NetworkAclAssociationId"] for each in acls[0]["Associations"] if each["SubnetId"] == self.subnet)

    def elb(self, action):
        return {
            "CreateLoadBalancer": lambda: {"Name": f"b{next(self.numbers)}", "Type": "network", "Subnets": [self.subnet]},
            "DeleteLoadBalancer": lambda: {"LoadBalancerArn": self.new_balancer("network")},
            "DescribeLoadBalancerAttributes": lambda: {"LoadBalancerArn": self.network},
            "ModifyLoadBalancerAttributes": lambda: {
                "LoadBalancerArn": self.network, "Attributes": [{"Key": "deletion_protection.enabled", "Value": "false"}]},
            "SetSecurityGroups": lambda: {"LoadBalancerArn": self.network, "SecurityGroups": [self.group]},
            "CreateTargetGroup": lambda: {"Name": f"m{next(self.numbers)}", "Protocol": "UDP", "Port": 4789, "VpcId": self.vpc},
            "DeleteTargetGroup": lambda: {"TargetGroupArn": self.new_members()},
            "RegisterTargets": lambda: {"TargetGroupArn": self.members, "Targets": [{"Id": self.instance}]},
            "DeregisterTargets": lambda: {"TargetGroupArn": self.members, "Targets": [{"Id": self.instance}]},
            "DescribeTargetHealth": lambda: {"TargetGroupArn": self.members},
            "CreateListener": lambda: {"LoadBalancerArn": self.network, "Protocol": "UDP", "Port": next(self.numbers),
                                       "DefaultActions": [{"Type": "forward", "TargetGroupArn": self.members}]},
            "DeleteListener": lambda: {"ListenerArn": self.new_listener()},
            "DescribeListeners": lambda: {"LoadBalancerArn": self.network},
            "AddTags": lambda: {"ResourceArns": [self.network, self.members, self.listener], "Tags": TAGS},
            "RemoveTags": lambda: {"ResourceArns": [self.network], "TagKeys": ["Other"]},
            "DescribeTags": lambda: {"ResourceArns": [self.network]},
        }.get(action, dict)()
