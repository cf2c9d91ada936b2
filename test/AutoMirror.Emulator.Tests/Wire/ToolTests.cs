using System.Text.Json;
using AutoMirror.Testing;

namespace AutoMirror.Emulator.Tests.Wire;

/// <summary>The tools that people use against AWS, used against the emulator.</summary>
public sealed class ToolTests : IAsyncLifetime
{
    private EmulatorServer server = null!;

    public async Task InitializeAsync() => server = await EmulatorServer.StartAsync(new EmulatorOptions
    {
        PendingFor = TimeSpan.FromMilliseconds(50), StoppingFor = TimeSpan.FromMilliseconds(50), ShuttingDownFor = TimeSpan.FromMilliseconds(50),
    });

    public async Task DisposeAsync() => await server.DisposeAsync();

    [NeedsToolFact("aws")]
    public async Task The_cli_launches_mirrors_and_waits()
    {
        var instance = (await AwsAsync("ec2 run-instances --image-id ami-0abcdef1234567890 --instance-type m5.large --count 2")).GetProperty("Instances")[0];
        var id = instance.GetProperty("InstanceId").GetString();
        Assert.Equal("", (await RunAsync($"ec2 wait instance-running --instance-ids {id}")).Output);
        var eni = instance.GetProperty("NetworkInterfaces")[0].GetProperty("NetworkInterfaceId").GetString();
        var filter = (await AwsAsync("ec2 create-traffic-mirror-filter --tag-specifications ResourceType=traffic-mirror-filter,Tags=[{Key=Name,Value=f}]")).GetProperty("TrafficMirrorFilter").GetProperty("TrafficMirrorFilterId").GetString();
        await AwsAsync($"ec2 create-traffic-mirror-filter-rule --traffic-mirror-filter-id {filter} --traffic-direction egress --rule-number 1 --rule-action accept --source-cidr-block 0.0.0.0/0 --destination-cidr-block 0.0.0.0/0");
        var target = (await AwsAsync("ec2 create-traffic-mirror-target --network-load-balancer-arn arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/n/0123456789abcdef")).GetProperty("TrafficMirrorTarget").GetProperty("TrafficMirrorTargetId").GetString();
        await AwsAsync($"ec2 create-traffic-mirror-session --network-interface-id {eni} --traffic-mirror-target-id {target} --traffic-mirror-filter-id {filter} --session-number 1");

        var sessions = await AwsAsync($"ec2 describe-traffic-mirror-sessions --filters Name=traffic-mirror-target-id,Values={target}");
        Assert.Equal(8500, sessions.GetProperty("TrafficMirrorSessions")[0].GetProperty("PacketLength").GetInt32());
        var refused = await RunAsync($"ec2 delete-traffic-mirror-filter --traffic-mirror-filter-id {filter}");
        Assert.Contains("(TrafficMirrorFilterInUse)", refused.Error, StringComparison.Ordinal);
        await AwsAsync($"ec2 terminate-instances --instance-ids {id}");
        Assert.Equal("", (await RunAsync($"ec2 wait instance-terminated --instance-ids {id}")).Error);
        Assert.Empty((await AwsAsync("ec2 describe-traffic-mirror-sessions")).GetProperty("TrafficMirrorSessions").EnumerateArray());
        Assert.Equal("arn:aws:iam::123456789012:user/emulator", (await AwsAsync("sts get-caller-identity")).GetProperty("Arn").GetString());
    }

    [NeedsToolFact("aws")]
    public async Task The_cli_reads_and_writes_parameters()
    {
        await AwsAsync("ssm put-parameter --name /a/b --value v --type SecureString");

        Assert.Equal("v", (await AwsAsync("ssm get-parameter --name /a/b --with-decryption")).GetProperty("Parameter").GetProperty("Value").GetString());
        Assert.NotEqual("v", (await AwsAsync("ssm get-parameter --name /a/b")).GetProperty("Parameter").GetProperty("Value").GetString());
        Assert.Equal("alias/aws/ssm", (await AwsAsync("ssm describe-parameters")).GetProperty("Parameters")[0].GetProperty("KeyId").GetString());
        Assert.Contains("(ParameterNotFound)", (await RunAsync("ssm delete-parameter --name /none")).Error, StringComparison.Ordinal);
    }

    [NeedsToolFact("aws")]
    public async Task The_cli_sets_up_rules_and_queues()
    {
        await AwsAsync("sqs create-queue --queue-name dead");
        var queue = (await AwsAsync("sqs create-queue --queue-name events --attributes VisibilityTimeout=60")).GetProperty("QueueUrl").GetString();
        var arn = (await AwsAsync($"sqs get-queue-attributes --queue-url {queue} --attribute-names All")).GetProperty("Attributes").GetProperty("QueueArn").GetString();
        await AwsAsync("events put-rule --name r --event-pattern {\"source\":[\"mine\"]}");
        Assert.Equal(0, (await AwsAsync($"events put-targets --rule r --targets Id=q,Arn={arn} Id=f,Arn={server.Cloud.Function.Arn}")).GetProperty("FailedEntryCount").GetInt32());
        Assert.Equal(2, (await AwsAsync("events list-targets-by-rule --rule r")).GetProperty("Targets").GetArrayLength());
        var sent = await AwsAsync("events put-events --entries [{\"Source\":\"mine\",\"DetailType\":\"t\",\"Detail\":\"{}\"},{\"Source\":\"aws.ec2\",\"DetailType\":\"t\",\"Detail\":\"{}\"}]");
        Assert.Equal(1, sent.GetProperty("FailedEntryCount").GetInt32());

        var message = (await AwsAsync($"sqs receive-message --queue-url {queue} --wait-time-seconds 1")).GetProperty("Messages")[0];
        Assert.Contains("\"source\":\"mine\"", message.GetProperty("Body").GetString(), StringComparison.Ordinal);
        await AwsAsync($"sqs delete-message --queue-url {queue} --receipt-handle {message.GetProperty("ReceiptHandle").GetString()}");
        Assert.Equal(default, await AwsAsync($"sqs receive-message --queue-url {queue} --wait-time-seconds 1"));
        Assert.Equal(1, server.Cloud.Function.Pending);
        Assert.Contains("NonExistentQueue", (await RunAsync("sqs get-queue-url --queue-name none")).Error, StringComparison.Ordinal);
    }

    [NeedsToolFact("python3")]
    public async Task Boto3_pages_and_waits()
    {
        const string script = """
            import sys
            try:
                import boto3, botocore
            except ImportError:
                print("no boto3"); sys.exit(0)
            ec2 = boto3.client("ec2")
            ids = [i["InstanceId"] for i in ec2.run_instances(ImageId="ami-0abcdef1234567890", InstanceType="t3.micro", MinCount=12, MaxCount=12)["Instances"]]
            ec2.get_waiter("instance_running").wait(InstanceIds=ids, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
            ec2.get_waiter("instance_status_ok").wait(InstanceIds=ids, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
            pages = list(ec2.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 5}))
            assert [len(p["Reservations"][0]["Instances"]) for p in pages] == [5, 5, 2], pages
            enis = [e for p in ec2.get_paginator("describe_network_interfaces").paginate(PaginationConfig={"PageSize": 5}) for e in p["NetworkInterfaces"]]
            assert len(enis) == 12 and all(e["Association"]["PublicIp"] and e["PrivateIpAddresses"][0]["Association"] for e in enis)
            for i in range(7): ec2.create_traffic_mirror_filter(Description=str(i))
            filters = [f for p in ec2.get_paginator("describe_traffic_mirror_filters").paginate(PaginationConfig={"PageSize": 5}) for f in p["TrafficMirrorFilters"]]
            assert len(filters) == 7
            ec2.create_tags(Resources=ids[:6], Tags=[{"Key": "Mirror", "Value": "yes"}])
            tags = [t for p in ec2.get_paginator("describe_tags").paginate(Filters=[{"Name": "key", "Values": ["Mirror"]}], PaginationConfig={"PageSize": 5}) for t in p["Tags"]]
            assert len(tags) == 6 and tags[0]["ResourceType"] == "instance"
            try:
                ec2.describe_traffic_mirror_sessions(Filters=[{"Name": "nonsense", "Values": ["x"]}]); assert False
            except botocore.exceptions.ClientError as e:
                assert e.response["Error"]["Code"] == "InvalidParameterValue" and e.response["ResponseMetadata"]["HTTPStatusCode"] == 400
            ec2.terminate_instances(InstanceIds=ids)
            ec2.get_waiter("instance_terminated").wait(InstanceIds=ids, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
            i = ec2.describe_instances(InstanceIds=ids[:1])["Reservations"][0]["Instances"][0]
            assert i["NetworkInterfaces"] == [] and "VpcId" not in i, i
            sts = boto3.client("sts")
            role = sts.assume_role(RoleArn="arn:aws:iam::123456789012:role/deploy", RoleSessionName="me")["Credentials"]
            me = boto3.client("sts", aws_access_key_id=role["AccessKeyId"], aws_secret_access_key="s", aws_session_token="t").get_caller_identity()
            assert me["Arn"] == "arn:aws:sts::123456789012:assumed-role/deploy/me", me
            types = ec2.describe_instance_types(InstanceTypes=["m5.large", "i3.metal"])["InstanceTypes"]
            assert {t["InstanceType"]: (t.get("Hypervisor"), t["BareMetal"]) for t in types} == {"m5.large": ("nitro", False), "i3.metal": (None, True)}
            print("done")
            """;
        var result = await Tool.RunAsync("python3", ["-c", script], Client.Environment(server));

        Assert.True(result is { ExitCode: 0, Output: "done\n" or "no boto3\n" }, result.Output + result.Error);
    }

    private async Task<JsonElement> AwsAsync(string arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"aws {arguments}\n{result.Error}");
        return result.Output.Length == 0 ? default : JsonDocument.Parse(result.Output).RootElement;
    }

    private Task<ToolResult> RunAsync(string arguments) => Tool.RunAsync("aws", ["--endpoint-url", server.Url.ToString(), .. arguments.Split(' '), "--output", "json"], Client.Environment(server));
}
