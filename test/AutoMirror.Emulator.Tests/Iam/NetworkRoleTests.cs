using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.CloudWatch;

namespace AutoMirror.Emulator.Tests.Iam;

/// <summary>What a role may do to networks, load balancers and metrics: which resources each call is checked against.</summary>
public sealed class NetworkRoleTests : ServerTests
{
    private const string Key = "ASIASESSION";
    private const string Denied = "<Code>AccessDenied</Code>";
    private const string Prefix = "arn:aws:ec2:us-east-1:123456789012:";
    private const string Balancing = "elasticloadbalancing";
    private const string Vpc = "VpcId=vpc-0123456789abcdef0";
    private const string Table = "RouteTableId=rtb-0123456789abcdef0";
    private const string Subnet = "SubnetId.1=subnet-0123456789abcdef0";
    private const string Acl = "NetworkAclId=acl-0123456789abcdef0";
    private const string Block = "DestinationCidrBlock=10.9.0.0/16";
    private const string Endpoint = "VpcEndpointId.1=vpce-0123456789abcdef0";
    private const string Service = "vpce-svc-0123456789abcdef0";

    [Theory]
    [InlineData("CreateRouteTable", "route-table vpc", Vpc)]
    [InlineData("CreateRoute", "route-table", $"{Table}&{Block}&GatewayId=igw-0123456789abcdef0")]
    [InlineData("ReplaceRoute", "route-table", $"{Table}&{Block}&GatewayId=igw-0123456789abcdef0")]
    [InlineData("DeleteRoute", "route-table", $"{Table}&{Block}")]
    [InlineData("AssociateRouteTable", "route-table subnet", $"{Table}&SubnetId=subnet-0123456789abcdef0")]
    [InlineData("DisassociateRouteTable", "route-table", "AssociationId=rtbassoc-0123456789abcdef0")]
    [InlineData("CreateNetworkAcl", "network-acl vpc", Vpc)]
    [InlineData(
        "CreateNetworkAclEntry", "network-acl", $"{Acl}&RuleNumber=1&Protocol=-1&RuleAction=allow&Egress=true&CidrBlock=0.0.0.0/0")]
    [InlineData("DeleteNetworkAclEntry", "network-acl", $"{Acl}&RuleNumber=1&Egress=true")]
    [InlineData("ReplaceNetworkAclAssociation", "network-acl subnet", $"{Acl}&AssociationId=aclassoc-0123456789abcdef0")]
    [InlineData("CreateVpcPeeringConnection", "vpc vpc-peering-connection", $"{Vpc}&PeerVpcId=vpc-0123456789abcdef1")]
    [InlineData("AcceptVpcPeeringConnection", "vpc vpc-peering-connection", "VpcPeeringConnectionId=pcx-0123456789abcdef0")]
    [InlineData("DeleteVpcPeeringConnection", "vpc-peering-connection", "VpcPeeringConnectionId=pcx-0123456789abcdef0")]
    [InlineData(
        "CreateVpcEndpoint", "vpc vpc-endpoint subnet",
        $"{Vpc}&VpcEndpointType=GatewayLoadBalancer&ServiceName=com.amazonaws.vpce.us-east-1.{Service}&{Subnet}")]
    [InlineData("DeleteVpcEndpoints", "vpc-endpoint", Endpoint)]
    [InlineData(
        "CreateVpcEndpointServiceConfiguration", "vpc-endpoint-service",
        "GatewayLoadBalancerArn.1=arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/gwy/a/0123456789abcdef")]
    [InlineData("AcceptVpcEndpointConnections", "vpc-endpoint-service", $"ServiceId={Service}&{Endpoint}")]
    public async Task A_call_needs_a_permission_for_each_resource(string action, string types, string members)
    {
        var all = types.Split(' ');
        var form = $"Action={action}&Version=2016-11-15&DryRun=true&{members}";

        Assert.Contains("<Code>DryRunOperation</Code>", await AskAsync("ec2", form, [.. all.Select(Permission)]), StringComparison.Ordinal);
        foreach (var type in all)
        {
            var refused = await AskAsync("ec2", form, [.. all.Where(other => other != type).Select(Permission)]);
            Assert.Contains("<Code>UnauthorizedOperation</Code>", refused, StringComparison.Ordinal);
            Assert.Contains($"perform: ec2:{action} on resource: {Prefix}{type}/", refused, StringComparison.Ordinal);
        }

        string Permission(string type) => Allow($"ec2:{action}", $"{Prefix}{type}/*");
    }

    [Fact]
    public async Task A_route_tables_own_tags_and_VPC_decide()
    {
        var cloud = Server.Cloud;
        var table = cloud.Ec2.RouteTables.Describe(Query.All).Items[0];
        cloud.Ec2.Tags.Create([table.Id], new Dictionary<string, string> { ["team"] = "net" });
        var form = $"Action=DeleteRoute&Version=2016-11-15&DryRun=true&RouteTableId={table.Id}&{Block}";

        foreach (var (key, value, may) in new[]
        {
            ("aws:ResourceTag/team", "net", true), ("aws:ResourceTag/team", "other", false), ("ec2:RouteTableID", table.Id, true),
            ("ec2:Vpc", $"{Prefix}vpc/{table.VpcId}", true),
            ("ec2:Vpc", $"{Prefix}vpc/vpc-0123456789abcdef0", false),
        })
        {
            var answer = await AskAsync("ec2", form, Allow("ec2:DeleteRoute", "*", $$$"""{"StringEquals":{"{{{key}}}":"{{{value}}}"}}"""));
            Assert.Contains(may ? "DryRunOperation" : "UnauthorizedOperation", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_load_balancer_is_created_under_its_name_and_tagged_with_a_permission_of_its_own()
    {
        const string Balancers = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/mine/*";
        var subnet = Server.Cloud.Ec2.Networks.DescribeSubnets(Query.All).Items[0].Id;
        var create = Allow(
            "elasticloadbalancing:CreateLoadBalancer", Balancers, """{"StringEquals":{"elasticloadbalancing:Scheme":"internal"}}""");
        var tag = Allow(
            "elasticloadbalancing:AddTags", Balancers,
            """{"StringEquals":{"elasticloadbalancing:CreateAction":"CreateLoadBalancer","aws:RequestTag/team":"net"}}""");
        const string Tagged = "&Tags.member.1.Key=team&Tags.member.1.Value=net";

        Assert.Contains(Denied, await CreateAsync("other", "internal", "", create, tag), StringComparison.Ordinal);
        Assert.Contains(Denied, await CreateAsync("mine", "internet-facing", "", create, tag), StringComparison.Ordinal);
        Assert.Contains("elasticloadbalancing:AddTags", await CreateAsync("mine", "internal", Tagged, create), StringComparison.Ordinal);
        Assert.Contains("<LoadBalancerArn>", await CreateAsync("mine", "internal", Tagged, create, tag), StringComparison.Ordinal);

        Task<string> CreateAsync(string name, string scheme, string more, params string[] statements) => AskAsync(
            Balancing,
            $"Action=CreateLoadBalancer&Version=2015-12-01&Type=network&Name={name}&Scheme={scheme}&Subnets.member.1={subnet}{more}",
            statements);
    }

    [Fact]
    public async Task What_a_load_balancing_call_names_is_what_its_role_must_be_allowed()
    {
        var cloud = Server.Cloud;
        var subnet = cloud.Ec2.Networks.DescribeSubnets(Query.All).Items[0].Id;
        var balancer = cloud.LoadBalancing.CreateLoadBalancer(
            "mine", "network", [subnet], tags: new Dictionary<string, string> { ["team"] = "net" });
        const string Describe = "Action=DescribeLoadBalancers&Version=2015-12-01";
        var delete = $"Action=DeleteLoadBalancer&Version=2015-12-01&LoadBalancerArn={balancer.Id}";

        Assert.Contains(Denied, await AskAsync(Balancing, Describe, Own("Describe*", "net", balancer.Id)), StringComparison.Ordinal);
        Assert.Contains(
            balancer.Id, await AskAsync(Balancing, Describe, Allow("elasticloadbalancing:Describe*", "*")), StringComparison.Ordinal);
        Assert.Contains(Denied, await AskAsync(Balancing, delete, Own("Delete*", "other", "*")), StringComparison.Ordinal);
        Assert.Contains(
            "DeleteLoadBalancerResult", await AskAsync(Balancing, delete, Own("Delete*", "net", balancer.Id)), StringComparison.Ordinal);

        static string Own(string action, string team, string resource) => Allow(
            $"elasticloadbalancing:{action}", resource, $$$"""{"StringEquals":{"elasticloadbalancing:ResourceTag/team":"{{{team}}}"}}""");
    }

    /// <summary>What a call in CBOR names counts as much as in the other protocols.</summary>
    [Theory]
    [InlineData("Mine", HttpStatusCode.OK)]
    [InlineData("Other", HttpStatusCode.Forbidden)]
    public async Task Metrics_are_put_in_CBOR_into_the_namespace_that_is_allowed(string space, HttpStatusCode status)
    {
        Bind(Allow("cloudwatch:PutMetricData", "*", """{"StringEquals":{"cloudwatch:namespace":"Mine"}}"""));
        var body = JsonNode.Parse($$"""{"Namespace":"{{space}}","MetricData":[{"MetricName":"m","Value":1.5}]}""")!;

        using var request = Request(
            "monitoring", "/service/GraniteServiceVersion20100801/operation/PutMetricData", new ByteArrayContent(Cbor.Write(body)));
        using var reply = await Http.SendAsync(request);

        Assert.Equal(status, reply.StatusCode);
        Assert.Equal(space, Server.Cloud.Requests.Snapshot()[^1].Parameters["Namespace"]);
    }

    private static string Allow(string action, string resource, string condition = "{}") =>
        $$$"""{"Effect":"Allow","Action":"{{{action}}}","Resource":"{{{resource}}}","Condition":{{{condition}}}}""";

    /// <summary>The session's role gets a policy of these statements alone.</summary>
    private void Bind(params string[] statements)
    {
        var roles = Server.Cloud.Iam.Roles;
        if (roles.Find("r") is null)
        {
            roles.Create("r", Trust.Account);
            Server.Cloud.RegisterCaller(Key, "r", "s");
        }

        var any = statements.DefaultIfEmpty(Allow("x:None", "*"));
        roles.PutPolicy("r", "p", $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', any)}}]}""");
    }

    private async Task<string> AskAsync(string service, string form, params string[] statements)
    {
        Bind(statements);
        using var request = Request(service, "/", new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));
        using var reply = await Http.SendAsync(request);
        return WebUtility.HtmlDecode(await reply.Content.ReadAsStringAsync());
    }

    private HttpRequestMessage Request(string service, string path, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.Url, path)) { Content = content };
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={Key}/20260304/us-east-1/{service}/aws4_request");
        return request;
    }
}
