using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Testing;

namespace AutoMirror.Emulator.Tests.Wire;

/// <summary>The tools that people use with AWS, used with the emulator.</summary>
public sealed class ToolTests : ServerTests
{
    protected override EmulatorOptions Options => new()
    {
        PendingFor = TimeSpan.FromMilliseconds(50), StoppingFor = TimeSpan.FromMilliseconds(50),
        ShuttingDownFor = TimeSpan.FromMilliseconds(50),
    };

    [NeedsToolFact("aws")]
    public async Task The_cli_launches_mirrors_and_waits()
    {
        var id = await AwsAsync(
            "ec2 run-instances --image-id ami-0abcdef1234567890 --instance-type m5.large --count 1", "Instances[0].InstanceId");
        await AwsAsync($"ec2 wait instance-running --instance-ids {id}");
        var eni = await AwsAsync(
            $"ec2 describe-instances --instance-ids {id}", "Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId");
        var filter = await AwsAsync(
            "ec2 create-traffic-mirror-filter --tag-specifications ResourceType=traffic-mirror-filter,Tags=[{Key=Name,Value=f}]",
            "TrafficMirrorFilter.TrafficMirrorFilterId");
        await AwsAsync($"ec2 create-traffic-mirror-filter-rule --traffic-mirror-filter-id {filter} --traffic-direction egress "
            + "--rule-number 1 --rule-action accept --source-cidr-block 0.0.0.0/0 --destination-cidr-block 0.0.0.0/0");
        var target = await AwsAsync(
            $"ec2 create-traffic-mirror-target --network-load-balancer-arn {World.ArnOf("n")}",
            "TrafficMirrorTarget.TrafficMirrorTargetId");
        await AwsAsync($"ec2 create-traffic-mirror-session --network-interface-id {eni} --traffic-mirror-target-id {target} "
            + $"--traffic-mirror-filter-id {filter} --session-number 1");

        Assert.Equal("8500", await AwsAsync(
            $"ec2 describe-traffic-mirror-sessions --filters Name=traffic-mirror-target-id,Values={target}",
            "TrafficMirrorSessions[0].PacketLength"));
        var session = await AwsAsync("ec2 describe-traffic-mirror-sessions", "TrafficMirrorSessions[0].TrafficMirrorSessionId");
        var modify = $"ec2 modify-traffic-mirror-session --traffic-mirror-session-id {session}";
        await AwsAsync($"{modify} --packet-length 64 --virtual-network-id 77 --description d");
        await AwsAsync($"{modify} --remove-fields packet-length description virtual-network-id");
        Assert.Equal("8500 None False", Spaced(await AwsAsync(
            "ec2 describe-traffic-mirror-sessions", "TrafficMirrorSessions[0].[PacketLength,Description,VirtualNetworkId==`77`]")));
        var refusal = await RefusedAsync($"ec2 delete-traffic-mirror-filter --traffic-mirror-filter-id {filter}");
        Assert.Contains("(TrafficMirrorFilterInUse)", refusal);
        await AwsAsync($"ec2 terminate-instances --instance-ids {id}");
        await AwsAsync($"ec2 wait instance-terminated --instance-ids {id}");
        Assert.Equal("0", await AwsAsync("ec2 describe-traffic-mirror-sessions", "length(TrafficMirrorSessions)"));
        Assert.Equal("arn:aws:iam::123456789012:user/emulator", await AwsAsync("sts get-caller-identity", "Arn"));
    }

    [NeedsToolFact("aws")]
    public async Task The_cli_sees_managed_instances_when_it_asks_for_them_or_the_account_shows_them()
    {
        var id = Server.Cloud.Ec2.Managed.Launch("eks.amazonaws.com", new LaunchRequest())[0].Id;

        Assert.Equal("hidden", await AwsAsync("ec2 get-managed-resource-visibility", "Visibility.DefaultVisibility"));
        Assert.Equal("0", await AwsAsync("ec2 describe-instances", "length(Reservations)"));
        Assert.Equal("eks.amazonaws.com True", Spaced(await AwsAsync(
            "ec2 describe-instances --include-managed-resources --filters Name=operator.managed,Values=true",
            "Reservations[0].Instances[0].Operator.[Principal,HiddenByDefault]")));
        Assert.Equal(id, await AwsAsync($"ec2 describe-instances --instance-ids {id}", "Reservations[0].Instances[0].InstanceId"));
        Assert.Contains("(UnauthorizedOperation)", await RefusedAsync($"ec2 terminate-instances --instance-ids {id}"));
        Assert.Equal("visible", await AwsAsync(
            "ec2 modify-managed-resource-visibility --default-visibility visible", "Visibility.DefaultVisibility"));
        Assert.Equal("eks.amazonaws.com False", Spaced(await AwsAsync(
            "ec2 describe-network-interfaces", "NetworkInterfaces[0].Operator.[Principal,HiddenByDefault]")));
        Assert.Contains("(InvalidParameterValue)", await RefusedAsync(
            "ec2 modify-managed-resource-visibility --default-visibility seldom"));
    }

    [NeedsToolFact("aws")]
    public async Task The_cli_puts_interfaces_on_network_cards()
    {
        var subnet = await AwsAsync("ec2 describe-subnets", "Subnets[0].SubnetId");
        var id = await AwsAsync(
            "ec2 run-instances --image-id ami-0abcdef1234567890 --instance-type p4d.24xlarge --network-interfaces "
                + $"DeviceIndex=0,NetworkCardIndex=0,SubnetId={subnet} DeviceIndex=1,NetworkCardIndex=3,SubnetId={subnet}",
            "Instances[0].InstanceId");
        await AwsAsync($"ec2 wait instance-running --instance-ids {id}");
        var loose = await AwsAsync($"ec2 create-network-interface --subnet-id {subnet}", "NetworkInterface.NetworkInterfaceId");

        Assert.Equal("1", await AwsAsync(
            $"ec2 attach-network-interface --network-interface-id {loose} --instance-id {id} --device-index 0 --network-card-index 1",
            "NetworkCardIndex"));
        Assert.Equal("0 0 1 0 3 1", Spaced(await AwsAsync(
            $"ec2 describe-network-interfaces --filters Name=attachment.instance-id,Values={id}",
            "sort_by(NetworkInterfaces[].Attachment,&NetworkCardIndex)[].[NetworkCardIndex,DeviceIndex]")));
        Assert.Equal("4 3", Spaced(await AwsAsync(
            "ec2 describe-instance-types --instance-types p4d.24xlarge",
            "InstanceTypes[0].NetworkInfo.[MaximumNetworkCards,NetworkCards[-1].NetworkCardIndex]")));
    }

    [NeedsToolFact("aws")]
    public async Task The_cli_reads_and_writes_parameters()
    {
        await AwsAsync("ssm put-parameter --name /a/b --value v --type SecureString");

        Assert.Equal("v", await AwsAsync("ssm get-parameter --name /a/b --with-decryption", "Parameter.Value"));
        Assert.NotEqual("v", await AwsAsync("ssm get-parameter --name /a/b", "Parameter.Value"));
        Assert.Equal("alias/aws/ssm", await AwsAsync("ssm describe-parameters", "Parameters[0].KeyId"));
        Assert.Contains("(ParameterNotFound)", await RefusedAsync("ssm delete-parameter --name /none"));
    }

    [NeedsToolFact("aws")]
    public async Task The_cli_invokes_the_function()
    {
        using var http = new HttpClient();
        var runtime = $"http://{Server.RuntimeApi}/2018-06-01/runtime/invocation";
        var output = Path.GetTempFileName();
        var call = AwsAsync($"lambda invoke --function-name automirror {output}", "StatusCode");
        var invocation = await http.GetAsync($"{runtime}/next");
        var id = invocation.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
        await http.PostAsync($"{runtime}/{id}/response", new StringContent("\"hello\""));

        Assert.Equal("200", await call);
        Assert.Equal("\"hello\"", await File.ReadAllTextAsync(output));
        File.Delete(output);
    }

    [NeedsToolFact("aws")]
    public async Task The_cli_sets_up_rules_and_queues()
    {
        var queue = await AwsAsync("sqs create-queue --queue-name events --attributes VisibilityTimeout=60", "QueueUrl");
        var arn = await AwsAsync($"sqs get-queue-attributes --queue-url {queue} --attribute-names All", "Attributes.QueueArn");
        Server.Cloud.Sqs.Get("events").Allow("events.amazonaws.com");
        await AwsAsync("events put-rule --name r --event-pattern {\"source\":[\"mine\"]}");
        var targets = $"Id=q,Arn={arn} Id=f,Arn={Server.Cloud.Function.Arn}";
        Assert.Equal("0", await AwsAsync($"events put-targets --rule r --targets {targets}", "FailedEntryCount"));
        Assert.Equal("2", await AwsAsync("events list-targets-by-rule --rule r", "length(Targets)"));
        const string Rest = "\"DetailType\":\"t\",\"Detail\":\"{}\"}";
        var entries = $"[{{\"Source\":\"mine\",{Rest},{{\"Source\":\"aws.ec2\",{Rest}]";
        Assert.Equal("1", await AwsAsync($"events put-events --entries {entries}", "FailedEntryCount"));

        var receive = $"sqs receive-message --queue-url {queue} --visibility-timeout 0 --wait-time-seconds 1";
        Assert.Contains("\"source\":\"mine\"", await AwsAsync(receive, "Messages[0].Body"));
        var handle = await AwsAsync($"sqs receive-message --queue-url {queue}", "Messages[0].ReceiptHandle");
        await AwsAsync($"sqs delete-message --queue-url {queue} --receipt-handle {handle}");
        Assert.Equal("None", await AwsAsync(receive, "Messages"));
        Assert.Equal(1, Server.Cloud.Function.Pending);
        Assert.Contains("NonExistentQueue", await RefusedAsync("sqs get-queue-url --queue-name none"));
    }

    [NeedsToolFact("python3")]
    public async Task Boto3_pages_and_waits()
    {
        const string Script = """
            import sys
            try:
                import boto3, botocore
            except ImportError:
                print("no boto3"); sys.exit(0)
            ec2 = boto3.client("ec2")
            def every(operation, key, **arguments):
                pages = ec2.get_paginator(operation).paginate(PaginationConfig={"PageSize": 5}, **arguments)
                return [item for page in pages for item in page[key]]
            launch = ec2.run_instances(ImageId="ami-0abcdef1234567890", InstanceType="t3.micro", MinCount=12, MaxCount=12)
            ids = [i["InstanceId"] for i in launch["Instances"]]
            ec2.get_waiter("instance_running").wait(InstanceIds=ids, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
            ec2.get_waiter("instance_status_ok").wait(InstanceIds=ids, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
            pages = list(ec2.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 5}))
            assert [len(p["Reservations"][0]["Instances"]) for p in pages] == [5, 5, 2], pages
            enis = every("describe_network_interfaces", "NetworkInterfaces")
            assert len(enis) == 12 and all(e["Association"]["PublicIp"] and e["PrivateIpAddresses"][0]["Association"] for e in enis)
            for i in range(7): ec2.create_traffic_mirror_filter(Description=str(i))
            assert len(every("describe_traffic_mirror_filters", "TrafficMirrorFilters")) == 7
            ec2.create_tags(Resources=ids[:6], Tags=[{"Key": "Mirror", "Value": "yes"}])
            tags = every("describe_tags", "Tags", Filters=[{"Name": "key", "Values": ["Mirror"]}])
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
            trust = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}'
            boto3.client("iam").create_role(RoleName="deploy", AssumeRolePolicyDocument=trust)
            role = sts.assume_role(RoleArn="arn:aws:iam::123456789012:role/deploy", RoleSessionName="me")["Credentials"]
            key = {"aws_access_key_id": role["AccessKeyId"], "aws_secret_access_key": "s", "aws_session_token": "t"}
            me = boto3.client("sts", **key).get_caller_identity()
            assert me["Arn"] == "arn:aws:sts::123456789012:assumed-role/deploy/me", me
            types = ec2.describe_instance_types(InstanceTypes=["m5.large", "i3.metal"])["InstanceTypes"]
            kinds = {t["InstanceType"]: (t.get("Hypervisor"), t["BareMetal"]) for t in types}
            assert kinds == {"m5.large": ("nitro", False), "i3.metal": (None, True)}
            print("done")
            """;
        var result = await Tool.RunAsync("python3", ["-c", Script], Client.Environment(Server));

        Assert.True(result is { ExitCode: 0, Output: "done\n" or "no boto3\n" }, result.Output + result.Error);
    }

    private Task<string> AwsAsync(string arguments, string query = "@") => new AwsCli(Server).AwsAsync(arguments, query);

    private Task<string> RefusedAsync(string arguments) => new AwsCli(Server).RefusedAsync(arguments);

    /// <summary>Text output without its tabs and line ends.</summary>
    private static string Spaced(string output) =>
        string.Join(' ', output.Split(['\t', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
