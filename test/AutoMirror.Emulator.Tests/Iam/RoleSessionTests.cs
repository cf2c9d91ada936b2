using System.Net;
using System.Text;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Tag = Amazon.EC2.Model.Tag;

namespace AutoMirror.Emulator.Tests.Iam;

/// <summary>What a session of a role may do, over the wire: each call is checked against the resources and keys that the reference
/// lists.</summary>
public sealed class RoleSessionTests : ServerTests
{
    [Fact]
    public async Task A_role_is_assumed_by_those_whom_its_trust_policy_lets_and_a_change_counts_at_once()
    {
        Server.Cloud.Iam.Roles.Create("r", Trust.Lambda);

        Assert.Equal(HttpStatusCode.Forbidden, (await AssumeAsync("r")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await AssumeAsync("nobody")).StatusCode);
        Server.Cloud.Iam.Roles.UpdateTrust("r", Trust.Account);
        Assert.Equal(HttpStatusCode.OK, (await AssumeAsync("r")).StatusCode);
    }

    [Fact]
    public async Task A_role_without_permissions_may_do_nothing_and_EC2_says_what_is_lacking()
    {
        var (_, interfaceId, _, _) = Furnish();
        using var ec2 = Client(Policy());

        var error = await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.DescribeInstancesAsync(new DescribeInstancesRequest()));

        Assert.Equal(("UnauthorizedOperation", HttpStatusCode.Forbidden), (error.ErrorCode, error.StatusCode));
        Assert.StartsWith(
            "You are not authorized to perform this operation. User: arn:aws:sts::123456789012:assumed-role/r/s is not authorized to "
                + "perform: ec2:DescribeInstances because no identity-based policy allows the ec2:DescribeInstances action. Encoded "
                + "authorization failure message: ", error.Message, StringComparison.Ordinal);
        Assert.NotNull(interfaceId);
    }

    [Fact]
    public async Task The_encoded_message_says_which_keys_the_request_had()
    {
        using var ec2 = Client(Policy());
        var error = await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.DescribeInstancesAsync(new DescribeInstancesRequest()));

        var decoded = await Http.PostAsync(Server.Url, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "DecodeAuthorizationMessage", ["Version"] = "2011-06-15", ["EncodedMessage"] = error.Message.Split(' ')[^1],
        }));

        var text = WebUtility.HtmlDecode(await decoded.Content.ReadAsStringAsync());
        Assert.Contains("\"action\":\"ec2:DescribeInstances\"", text, StringComparison.Ordinal);
        Assert.Contains("""{"key":"ec2:Region","values":{"items":[{"value":"us-east-1"}]}}""", text, StringComparison.Ordinal);
    }

    /// <summary>A create is checked against four resources, and CreateTags for the tags in it: each that is missing refuses it.</summary>
    [Theory]
    [InlineData("session", "traffic-mirror-session")]
    [InlineData("interface", "network-interface")]
    [InlineData("filter", "traffic-mirror-filter")]
    [InlineData("target", "traffic-mirror-target")]
    [InlineData("tags", "ec2:CreateTags")]
    [InlineData("", null)]
    public async Task A_session_is_created_with_a_permission_for_each_resource(string without, string? refused)
    {
        var (session, _, _, _) = Furnish();
        string[] types = ["traffic-mirror-session", "network-interface", "traffic-mirror-filter", "traffic-mirror-target"];
        string[] names = ["session", "interface", "filter", "target"];
        var statements = names.Zip(types).Where(pair => pair.First != without).Select(pair => Allow(
            "ec2:CreateTrafficMirrorSession", $"arn:aws:ec2:us-east-1:123456789012:{pair.Second}/*")).ToList();
        if (without != "tags")
        {
            statements.Add(Allow(
                "ec2:CreateTags", "arn:aws:ec2:*:*:traffic-mirror-session/*",
                """{"StringEquals":{"ec2:CreateAction":"CreateTrafficMirrorSession","aws:RequestTag/owner":"me"}}"""));
        }

        using var ec2 = Client(Policy([.. statements]));
        session.TagSpecifications = [new() { ResourceType = ResourceType.TrafficMirrorSession, Tags = [new Tag("owner", "me")] }];

        if (refused is null)
            Assert.NotNull((await ec2.CreateTrafficMirrorSessionAsync(session)).TrafficMirrorSession);
        else
            Assert.Contains(refused, await RefusedAsync(() => ec2.CreateTrafficMirrorSessionAsync(session)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_of_the_request_and_of_the_resource_decide()
    {
        var (request, _, _, _) = Furnish();
        var session = (await Admin().CreateTrafficMirrorSessionAsync(request)).TrafficMirrorSession.TrafficMirrorSessionId;
        using var ec2 = Client(Policy(
            Allow("ec2:*TrafficMirrorSession", "*", """{"StringEquals":{"aws:ResourceTag/owner":"me"}}"""),
            Allow("ec2:CreateTags", "*", """
                {"StringEquals":{"aws:ResourceTag/owner":"me"},"StringEqualsIfExists":{"aws:RequestTag/owner":"me"},
                "ForAllValues:StringEquals":{"aws:TagKeys":["owner","Name"]}}
                """),
            Allow("ec2:DeleteTags", "*", """{"Null":{"aws:TagKeys":"false"},"ForAllValues:StringEquals":{"aws:TagKeys":"until"}}""")));

        await RefusedAsync(() => ec2.DeleteTrafficMirrorSessionAsync(new() { TrafficMirrorSessionId = session }));
        await RefusedAsync(() => ec2.CreateTagsAsync(new() { Resources = [session], Tags = [new("owner", "me")] }));
        await Admin().CreateTagsAsync(new() { Resources = [session], Tags = [new("owner", "me")] });
        await ec2.CreateTagsAsync(new() { Resources = [session], Tags = [new("Name", "n"), new("owner", "me")] });
        await RefusedAsync(() => ec2.CreateTagsAsync(new() { Resources = [session], Tags = [new("owner", "you")] }));
        await RefusedAsync(() => ec2.CreateTagsAsync(new() { Resources = [session], Tags = [new("other", "x")] }));
        await ec2.DeleteTagsAsync(new() { Resources = [session], Tags = [new("until", null)] });
        await RefusedAsync(() => ec2.DeleteTagsAsync(new() { Resources = [session], Tags = [new("Name", null)] }));
        await RefusedAsync(() => ec2.DeleteTagsAsync(new() { Resources = [session] }));
        await ec2.DeleteTrafficMirrorSessionAsync(new() { TrafficMirrorSessionId = session });
    }

    [Fact]
    public async Task A_modification_is_checked_against_the_target_only_when_it_changes_it()
    {
        var (request, _, _, other) = Furnish();
        var session = (await Admin().CreateTrafficMirrorSessionAsync(request)).TrafficMirrorSession.TrafficMirrorSessionId;
        using var ec2 = Client(Policy(Allow("ec2:ModifyTrafficMirrorSession", "arn:aws:ec2:*:*:traffic-mirror-session/*")));

        await ec2.ModifyTrafficMirrorSessionAsync(new() { TrafficMirrorSessionId = session, PacketLength = 100 });
        await RefusedAsync(() =>
            ec2.ModifyTrafficMirrorSessionAsync(new() { TrafficMirrorSessionId = session, TrafficMirrorTargetId = other }));
    }

    [Fact]
    public async Task A_dry_run_says_whether_the_role_may()
    {
        using var may = Client(Policy(Allow("ec2:DescribeVpcs", "*", """{"StringEquals":{"ec2:Region":"us-east-1"}}""")));

        Assert.Equal("DryRunOperation", await CodeAsync(() => may.DescribeVpcsAsync(new DescribeVpcsRequest { DryRun = true })));
        Assert.Equal("UnauthorizedOperation",
            await CodeAsync(() => may.DescribeSubnetsAsync(new DescribeSubnetsRequest { DryRun = true })));
    }

    [Fact]
    public async Task A_boundary_and_an_attached_policy_count_and_AWS_has_policies_of_its_own()
    {
        using var ec2 = Client(Policy());
        Server.Cloud.Iam.Roles.Attach("r", "arn:aws:iam::aws:policy/AdministratorAccess");
        await ec2.DescribeVpcsAsync(new DescribeVpcsRequest());
        var boundary = Server.Cloud.Iam.Policies.Create("most", Policy(Allow("ssm:*", "*")));
        Server.Cloud.Iam.Roles.SetBoundary("r", boundary.Arn);

        Assert.Contains(
            "because no permissions boundary allows", await RefusedAsync(() => ec2.DescribeVpcsAsync(new DescribeVpcsRequest())),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_services_refuse_in_words_of_their_own()
    {
        Server.Cloud.Sqs.Create("q");
        var key = Assume(Policy(Allow("ssm:GetParameter", "arn:aws:ssm:us-east-1:123456789012:parameter/mine/*")));
        Server.Cloud.Ssm.Put("/mine/a", "v", "String");

        Assert.Contains("\"Value\":\"v\"", await JsonAsync(key, "AmazonSSM.GetParameter", """{"Name":"/mine/a"}"""), StringComparison.Ordinal);
        Assert.Contains(
            "is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:123456789012:parameter/yours because no "
                + "identity-based policy allows the ssm:GetParameter action",
            await JsonAsync(key, "AmazonSSM.GetParameter", """{"Name":"/yours"}"""), StringComparison.Ordinal);
        Assert.Contains(
            "AccessDeniedException", await JsonAsync(key, "AmazonSQS.SendMessage", """{"QueueUrl":"q","MessageBody":"m"}"""),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queues_policy_lets_a_role_send_that_has_no_permission_itself()
    {
        var queue = Server.Cloud.Sqs.Create("q");
        var key = Assume(Policy());
        queue.Policy = Policy(
            """{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/r"},"Action":"sqs:SendMessage","Resource":"*"}""");

        Assert.Contains("MessageId", await JsonAsync(key, "AmazonSQS.SendMessage", """{"QueueUrl":"q","MessageBody":"m"}"""), StringComparison.Ordinal);
        queue.Policy = Policy(
            """{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""",
            """{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sqs:SendMessage","Resource":"*"}""");
        Assert.Contains("AccessDenied", await JsonAsync(key, "AmazonSQS.SendMessage", """{"QueueUrl":"q","MessageBody":"m"}"""), StringComparison.Ordinal);
    }

    private static string Allow(string action, string resource, string condition = "{}") =>
        $$$"""{"Effect":"Allow","Action":"{{{action}}}","Resource":"{{{resource}}}","Condition":{{{condition}}}}""";

    private static string Policy(params string[] statements) =>
        $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements.DefaultIfEmpty(Allow("x:None", "*")))}}]}""";

    /// <summary>A session to create, on an interface with a filter and a target, and another target.</summary>
    private (CreateTrafficMirrorSessionRequest Request, string Interface, string Target, string Other) Furnish()
    {
        var ec2 = Server.Cloud.Ec2;
        var source = ec2.Instances.InterfacesOf(Launch().Id)[0].Id;
        var (target, other) = (ec2.Targets.Create(networkLoadBalancerArn: World.ArnOf("a")),
            ec2.Targets.Create(networkLoadBalancerArn: World.ArnOf("b")));
        return (
            new()
            {
                NetworkInterfaceId = source, TrafficMirrorTargetId = target.Id, TrafficMirrorFilterId = ec2.Filters.Create().Id,
                SessionNumber = 1,
            },
            source, target.Id, other.Id);
    }

    private AmazonEC2Client Admin() => Wire.Client.Ec2(Server);

    private AmazonEC2Client Client(string policy) => new(
        new BasicAWSCredentials(Assume(policy), "secret"),
        new AmazonEC2Config { ServiceURL = Server.Url.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });

    /// <summary>The access key id of a session of a role with this policy.</summary>
    private string Assume(string policy)
    {
        Server.Cloud.Iam.Roles.Create("r", Trust.Account);
        Server.Cloud.Iam.Roles.PutPolicy("r", "p", policy);
        Server.Cloud.RegisterCaller("ASIASESSION", "r", "s");
        return "ASIASESSION";
    }

    private Task<HttpResponseMessage> AssumeAsync(string role) => Http.PostAsync(Server.Url, new FormUrlEncodedContent(
        new Dictionary<string, string>
        {
            ["Action"] = "AssumeRole", ["Version"] = "2011-06-15", ["RoleArn"] = $"arn:aws:iam::123456789012:role/{role}",
            ["RoleSessionName"] = "me",
        }));

    private async Task<string> JsonAsync(string key, string target, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Url)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1"),
        };
        request.Headers.Add("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={key}/20260304/us-east-1/x/aws4_request");
        return await (await Http.SendAsync(request)).Content.ReadAsStringAsync();
    }

    private static async Task<string> RefusedAsync(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<AmazonEC2Exception>(call);
        Assert.Equal("UnauthorizedOperation", error.ErrorCode);
        return error.Message;
    }

    private static async Task<string> CodeAsync(Func<Task> call) => (await Assert.ThrowsAsync<AmazonEC2Exception>(call)).ErrorCode;
}
