using System.Net;
using System.Text;
using System.Text.Json;
using AutoMirror.Emulator.CloudWatch;
using AutoMirror.Emulator.Packets;
using AutoMirror.Testing;

namespace AutoMirror.Emulator.Tests.Wire;

/// <summary>CloudWatch's metrics of mirroring, in the three protocols that clients speak.</summary>
public sealed class CloudWatchTests : ServerTests
{
    private string _instance = "";

    protected override EmulatorOptions Options => new() { PendingFor = TimeSpan.Zero };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var ec2 = Server.Cloud.Ec2;
        _instance = Launch().Id;
        Server.Cloud.Advance();
        var source = ec2.Instances.InterfacesOf(_instance)[0].Id;
        var filter = ec2.Filters.Create();
        ec2.Filters.CreateRule(filter.Id, "egress", 1, "accept", "0.0.0.0/0", "0.0.0.0/0", protocol: 6);
        ec2.Sessions.Create(new()
        {
            NetworkInterfaceId = source, FilterId = filter.Id, SessionNumber = 1,
            TargetId = ec2.Targets.Create(networkLoadBalancerArn: World.ArnOf("n")).Id,
        });
        PacketRequest packet = new() { From = source, To = "198.51.100.7", DestinationPort = 443, PayloadBytes = 46, Count = 3 };
        Server.Cloud.Packets.Send(packet, packet with { Protocol = "udp", Count = 2 });
    }

    [NeedsToolFact("aws")]
    public async Task The_cli_reads_metric_data()
    {
        var cli = new AwsCli(Server);
        var read = $"cloudwatch get-metric-data --start-time {Time(-1)} --end-time {Time(1)} --metric-data-queries {Query("NAME", 300)}";

        Assert.Equal("NetworkPacketsMirrorOut\tTrue\tComplete", await cli.AwsAsync(
            read.Replace("NAME", "NetworkPacketsMirrorOut", StringComparison.Ordinal),
            "MetricDataResults[0].[Label,Values[0]==`3`,StatusCode]"));
        Assert.Equal("True", await cli.AwsAsync(
            read.Replace("NAME", "NetworkMirrorOut", StringComparison.Ordinal), "MetricDataResults[0].Values[0]==`300`"));
        Assert.Equal("None", await cli.AwsAsync(
            read.Replace("NAME", "NetworkSkipMirrorOut", StringComparison.Ordinal), "MetricDataResults[0].Values[0]"));
        Assert.Equal("Count\tTrue", await cli.AwsAsync(
            "cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name NetworkPacketsOut --period 300 --statistics Sum "
                + $"--start-time {Time(-1)} --end-time {Time(1)} --dimensions Name=InstanceId,Value={_instance}",
            "Datapoints[0].[Unit,Sum==`5`]"));
        Assert.Equal("4", await cli.AwsAsync("cloudwatch list-metrics --namespace AWS/EC2", "length(Metrics)"));
    }

    [NeedsToolFact("python3")]
    public async Task Boto3_reads_metric_data_in_each_protocol()
    {
        const string Script = """
            import sys
            try:
                import boto3, botocore.model
            except ImportError:
                print("no boto3"); sys.exit(0)
            from datetime import datetime, timedelta, timezone
            now, instance = datetime.now(timezone.utc), sys.argv[1]
            def ask(*names):
                return [{"Id": f"m{i}", "MetricStat": {"Period": 300, "Stat": "Sum", "Metric": {
                    "Namespace": "AWS/EC2", "MetricName": name, "Dimensions": [{"Name": "InstanceId", "Value": instance}]}}}
                    for i, name in enumerate(names)]
            for protocol in ("smithy-rpc-v2-cbor", "json", "query"):
                botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS = (protocol,)
                client = boto3.Session().client("cloudwatch")
                assert client.meta.service_model.resolved_protocol == protocol
                got = client.get_metric_data(
                    MetricDataQueries=ask("NetworkPacketsMirrorOut", "NetworkPacketsSkipMirrorOut", "NetworkOut"),
                    StartTime=now - timedelta(hours=1), EndTime=now + timedelta(minutes=5))
                values = {each["Label"]: sum(each["Values"]) for each in got["MetricDataResults"]}
                assert values == {"NetworkPacketsMirrorOut": 3, "NetworkPacketsSkipMirrorOut": 0, "NetworkOut": 476}, values
                at = got["MetricDataResults"][0]["Timestamps"][0]
                assert at.timestamp() % 300 == 0 and abs((now - at).total_seconds()) < 600, at
                pages = list(client.get_paginator("list_metrics").paginate(MetricName="NetworkMirrorOut"))
                assert len(pages[0]["Metrics"]) == 1, pages
                try:
                    client.get_metric_data(MetricDataQueries=ask("NetworkOut"), StartTime=now, EndTime=now); assert False
                except botocore.exceptions.ClientError as error:
                    assert error.response["Error"]["Code"] == "ValidationError", error.response
            print("done")
            """;
        var result = await Tool.RunAsync("python3", ["-c", Script, _instance], Client.Environment(Server));

        Assert.True(result is { ExitCode: 0, Output: "done\n" or "no boto3\n" }, result.Output + result.Error);
    }

    [Fact]
    public async Task Query_is_what_older_clients_speak()
    {
        const string Stat = "MetricDataQueries.member.1.MetricStat";
        var (status, body) = await PostAsync(
            "/", "application/x-www-form-urlencoded",
            "Action=GetMetricData&Version=2010-08-01&ScanBy=TimestampAscending"
                + "&StartTime=2020-01-01T00%3A00%3A00Z&EndTime=2100-01-01T00%3A00%3A00Z&MetricDataQueries.member.1.Id=m"
                + $"&{Stat}.Period=60&{Stat}.Stat=Sum&{Stat}.Metric.Namespace=AWS%2FEC2&{Stat}.Metric.MetricName=NetworkPacketsMirrorOut"
                + $"&{Stat}.Metric.Dimensions.member.1.Name=InstanceId&{Stat}.Metric.Dimensions.member.1.Value={_instance}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("<Values><member>3</member></Values><StatusCode>Complete</StatusCode>", body, StringComparison.Ordinal);
        var (refused, error) = await PostAsync("/", "application/x-www-form-urlencoded", "Action=GetMetricData&Version=2010-08-01");
        Assert.Equal(HttpStatusCode.BadRequest, refused);
        Assert.Contains("<Code>ValidationError</Code>", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_what_some_clients_speak()
    {
        var (status, body) = await PostAsync(
            "/", "application/x-amz-json-1.0",
            $$"""{"StartTime":0,"EndTime":4000000000.5,"MetricDataQueries":{{Query("NetworkPacketsMirrorOut", 300)}}}""",
            "GraniteServiceVersion20100801.GetMetricData");

        Assert.Equal(HttpStatusCode.OK, status);
        var result = JsonDocument.Parse(body).RootElement.GetProperty("MetricDataResults")[0];
        Assert.Equal(3, result.GetProperty("Values")[0].GetDouble());
        Assert.Equal(0, result.GetProperty("Timestamps")[0].GetInt64() % 300);
        var (refused, error) = await PostAsync("/", "application/x-amz-json-1.0", "{}", "GraniteServiceVersion20100801.GetMetricData");
        Assert.Equal(HttpStatusCode.BadRequest, refused);
        Assert.Equal("ValidationError", JsonDocument.Parse(error).RootElement.GetProperty("__type").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ff")]
    [InlineData("a1")]
    [InlineData("9f9f9f9f9f9f9f9f")]
    [InlineData("a16161c1c1c1c1c1c1")]
    [InlineData("bf")]
    [InlineData("a1716d65747269634461746151756572696573")]
    [InlineData("a169537461727454696d65f97e00")]
    public async Task CBOR_that_is_broken_is_refused(string hex)
    {
        using var content = new ByteArrayContent(Convert.FromHexString(hex));
        using var reply = await Http.PostAsync(
            new Uri(Server.Url, "/service/GraniteServiceVersion20100801/operation/GetMetricData"), content);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("rpc-v2-cbor", reply.Headers.GetValues("smithy-protocol").Single());
        Assert.NotNull(Cbor.Read(await reply.Content.ReadAsByteArrayAsync())!["__type"]);
    }

    /// <summary>One query for the sum of a metric of the instance, without blanks.</summary>
    private string Query(string metric, int period)
    {
        object[] dimensions = [new { Name = "InstanceId", Value = _instance }];
        var stat = new
        {
            Metric = new { Namespace = "AWS/EC2", MetricName = metric, Dimensions = dimensions }, Period = period, Stat = "Sum",
        };
        return JsonSerializer.Serialize(new[] { new { Id = "m", MetricStat = stat } });
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string type, string body, string? target = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.Url, path));
        request.Content = new StringContent(body, Encoding.UTF8, type);
        if (target is not null)
            request.Headers.Add("X-Amz-Target", target);
        using var reply = await Http.SendAsync(request);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }

    private static string Time(int hours) => DateTimeOffset.UtcNow.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
}
