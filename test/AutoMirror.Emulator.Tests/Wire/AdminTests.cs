using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Ec2.Managed;

namespace AutoMirror.Emulator.Tests.Wire;

/// <summary>The calls by which a script has AWS services and other accounts act on the account.</summary>
public sealed class AdminTests : ServerTests
{
    private const string Other = "210987654321";

    protected override EmulatorOptions Options => new() { ManagedResourceVisibility = ManagedVisibility.Visible };

    private string Subnet => Server.Cloud.Ec2.Networks.DescribeSubnets(Query.All).Items[0].Id;

    [Fact]
    public async Task A_provider_launches_stops_starts_and_terminates_managed_instances()
    {
        var launched = await PostAsync("managed-instances", $$"""
            {
              "operator": {"principal": "eks.amazonaws.com"}, "instanceType": "c5.large", "count": 2, "subnetId": "{{Subnet}}",
              "tags": {"aws:eks:cluster-name": "blue"}
            }
            """);
        string[] ids = [.. launched["instanceIds"]!.AsArray().Select(id => id!.GetValue<string>())];

        var instances = Server.Cloud.Ec2.Instances.Describe(new Query { Ids = ids }).Items;
        Assert.Equal(2, instances.Count);
        Assert.All(instances, instance => Assert.Equal(("eks.amazonaws.com", "c5.large", "blue"),
            (instance.Operator!.Principal, instance.Type.Name, instance.Tags["aws:eks:cluster-name"])));
        var terminated = await PostAsync("managed-instances/terminate", $$"""{"instanceIds": ["{{ids[0]}}"]}""");
        Assert.Equal("shutting-down", terminated["states"]![ids[0]]!.GetValue<string>());
    }

    [Theory]
    [InlineData("database", "", "amazon-rds", "interface")]
    [InlineData("cache-node", "n", "amazon-elasticache", "interface")]
    [InlineData("application-load-balancer", "n", "amazon-elb", "interface")]
    [InlineData("network-load-balancer", "n", "amazon-elb", "network_load_balancer")]
    public async Task Services_make_interfaces_and_delete_them(string kind, string name, string requester, string type)
    {
        var naming = name.Length == 0 ? "" : $", \"name\": \"{name}\"";
        var made = await PostAsync($"requester-managed-interfaces/{kind}", $"{{\"subnetId\": \"{Subnet}\"{naming}}}");

        var found = Assert.Single(Server.Cloud.Ec2.NetworkInterfaces.Describe(Query.All).Items);
        Assert.Equal((made["networkInterfaceId"]!.GetValue<string>(), requester, type), (found.Id, found.RequesterId, found.InterfaceType));
        await PostAsync("requester-managed-interfaces/delete", $$"""{"networkInterfaceId": "{{found.Id}}"}""");
        Assert.Empty(Server.Cloud.Ec2.NetworkInterfaces.Describe(Query.All).Items);
    }

    [Fact]
    public async Task Any_other_service_can_make_an_interface()
    {
        await PostAsync("requester-managed-interfaces", $$"""
            {"subnetId": "{{Subnet}}", "requesterId": "amazon-aws", "interfaceType": "nat_gateway", "isEla": true,
             "description": "Interface for NAT Gateway nat-0123456789abcdef0"}
            """);

        var found = Assert.Single(Server.Cloud.Ec2.NetworkInterfaces.Describe(Query.All).Items);
        Assert.StartsWith("ela-attach-", found.Attachment!.Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_accounts_place_interfaces_mirror_and_share_subnets()
    {
        var vpc = Server.Cloud.Ec2.Networks.CreateVpc("10.50.0.0/16");
        var own = Server.Cloud.Ec2.Networks.CreateSubnet(vpc.Id, "10.50.0.0/24");
        var placed = await PostAsync("participant-interfaces", $$"""{"ownerId": "{{Other}}", "subnetId": "{{own.Id}}"}""");
        var id = placed["networkInterfaceId"]!.GetValue<string>();
        await PostAsync("participant-interfaces/mirror", $$"""{"networkInterfaceId": "{{id}}", "sessionNumber": 1}""");
        await PostAsync("participant-interfaces/delete", $$"""{"networkInterfaceId": "{{id}}"}""");
        var shared = await PostAsync("shared-subnets", $$"""{"ownerId": "{{Other}}"}""");

        Assert.StartsWith("i-", placed["instanceId"]!.GetValue<string>(), StringComparison.Ordinal);
        var subnet = Server.Cloud.Ec2.Networks.DescribeSubnets(new Query { Ids = [shared["subnetId"]!.GetValue<string>()] }).Items[0];
        Assert.Equal((Other, shared["vpcId"]!.GetValue<string>()), (subnet.OwnerId, subnet.VpcId));
    }

    [Theory]
    [InlineData("nonsense", "{}", 404, "managed-instances/stop")]
    [InlineData("shared-subnets", "no json", 400, "invalid JSON literal")]
    [InlineData("shared-subnets", "null", 400, "has to be an object")]
    [InlineData("shared-subnets", "{}", 400, "ownerId")]
    [InlineData("shared-subnets", """{"ownerId": "210987654321", "colour": "red"}""", 400, "colour")]
    [InlineData("shared-subnets", """{"ownerId": "me"}""", 400, "'me' is not another account")]
    [InlineData("managed-instances", "{}", 400, "operator.principal is missing")]
    [InlineData("managed-instances/stop", """{"instanceIds": ["i-0123456789abcdef0"]}""", 400, "InvalidInstanceID.NotFound")]
    public async Task What_a_call_can_not_do_it_says(string call, string body, int status, string why)
    {
        var response = await SendAsync(call, body);

        Assert.Equal(status, (int)response.StatusCode);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Contains(why, answer["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_page_names_the_calls() => Assert.Contains(
        "/_automirror/participant-interfaces/mirror", await Http.GetStringAsync($"{Server.Url}_automirror/"), StringComparison.Ordinal);

    private async Task<JsonNode> PostAsync(string call, string body)
    {
        var response = await SendAsync(call, body);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, answer);
        return JsonNode.Parse(answer)!;
    }

    private Task<HttpResponseMessage> SendAsync(string call, string body) =>
        Http.PostAsync($"{Server.Url}_automirror/{call}", new StringContent(body, Encoding.UTF8, "application/json"));
}
