using System.Text.Json.Nodes;
using AutoMirror.Emulator.CloudWatch;
using AutoMirror.Testing;

namespace AutoMirror.Emulator.Tests.Lambda;

/// <summary>What brings events to a function, and where they go from it.</summary>
public sealed class EventSourceTests : FunctionTests
{
    private const string Queues = """{"Effect":"Allow","Action":"sqs:*","Resource":"*"}""";

    [NeedsToolFact("python3")]
    public async Task A_rule_invokes_a_function_whose_policy_lets_it()
    {
        var function = Create("handle = lambda event: event['detail']");
        var letters = Server.Cloud.Sqs.Create("letters");
        letters.Allow("events.amazonaws.com");
        Server.Cloud.Events.PutRule("mine", """{"source":["mine"]}""");
        Server.Cloud.Events.PutTarget("mine", new("f", function.Arn) { DeadLetterConfig = $$"""{"Arn":"{{letters.Arn}}"}""" });

        Server.Cloud.Events.Emit("mine", "t", new JsonObject { ["n"] = 1 });
        var letter = Assert.Single(letters.Receive(10));
        Assert.Equal("NO_PERMISSIONS", letter.Attributes!["ERROR_CODE"]!["StringValue"]!.ToString());
        function.Allow("events.amazonaws.com", "arn:aws:events:us-east-1:123456789012:rule/other");
        Server.Cloud.Events.Emit("mine", "t", new JsonObject { ["n"] = 2 });
        Assert.Equal(0, function.Host.Pending);
        function.Allow("events.amazonaws.com", "arn:aws:events:us-east-1:123456789012:rule/m*");
        Server.Cloud.Events.Emit("mine", "t", new JsonObject { ["n"] = 3 });

        await function.Host.WhenIdleAsync().WaitAsync(Patience);
        Assert.Equal("""{"n": 3}""", Assert.Single(function.Host.Results).Payload);
    }

    [NeedsToolFact("python3", "aws")]
    public async Task A_mapping_needs_the_roles_permissions_and_brings_messages()
    {
        var function = Create("handle = lambda event: [each['body'] for each in event['Records']]", Role());
        var queue = Server.Cloud.Sqs.Create("q");
        var create = $"lambda create-event-source-mapping --function-name f --event-source-arn {queue.Arn} --batch-size 2";

        Assert.Contains("does not have permissions to call ReceiveMessage on SQS", (await AwsAsync(create)).Error,
            StringComparison.Ordinal);
        Server.Cloud.Iam.Roles.PutPolicy("function", "q", $$"""{"Version":"2012-10-17","Statement":[{{Queues}}]}""");
        Assert.Equal(0, (await AwsAsync(create)).ExitCode);
        queue.Send("one");

        await UntilAsync(() => function.Host.Results.Count == 1 && queue.NotVisible == 0);
        Assert.Equal("""["one"]""", function.Host.Results[0].Payload);
        Server.Cloud.Iam.Roles.DeletePolicy("function", "q");
        queue.Send("two");
        Assert.Equal(1, queue.Visible);
    }

    [NeedsToolFact("python3", "aws")]
    public async Task What_fails_for_good_goes_to_the_destination_when_the_role_may_send()
    {
        var function = Create("handle = lambda event: 1 / 0", Role(Queues));
        var queue = Server.Cloud.Sqs.Create("failures");
        var settings = await AwsAsync(
            "lambda put-function-event-invoke-config --function-name f --maximum-retry-attempts 1 --destination-config "
                + $"{{\"OnFailure\":{{\"Destination\":\"{queue.Arn}\"}}}}");
        Assert.True(settings.ExitCode == 0, settings.Error);

        function.Host.Enqueue("""{"n":1}""");
        await UntilAsync(() => queue.Visible == 1);

        var record = JsonNode.Parse(queue.Bodies[0])!;
        Assert.Equal(("RetriesExhausted", 2), (
            record["requestContext"]!["condition"]!.ToString(), record["requestContext"]!["approximateInvokeCount"]!.GetValue<int>()));
        Assert.Equal("""{"n":1}""", record["requestPayload"]!.ToJsonString());
        Assert.Equal("ZeroDivisionError", record["responsePayload"]!["errorType"]!.ToString());
    }

    [NeedsToolFact("python3")]
    public async Task An_alarm_changes_its_state_and_tells_a_topic()
    {
        var function = Create("""
            def handle(event):
                metric = {"_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [
                    {"Namespace": "Mine", "Dimensions": [["Of"]], "Metrics": [{"Name": "Depth", "Unit": "Count"}]}]}, "Of": "f", "Depth": 5}
                print(json.dumps(metric), flush=True)
            """);
        var topic = Server.Cloud.Sns.Create("alarms");
        await AlarmAsync("deep", "Mine", "Depth", "Of", topic.Arn);
        await AlarmAsync("broken", "AWS/Lambda", "Errors", "FunctionName", topic.Arn);

        await InvokeAsync(function);
        await UntilAsync(() => Server.Cloud.CloudWatch.Alarms.Find("deep")!.State == "ALARM");

        Assert.Equal(5, Server.Cloud.CloudWatch.Metrics.SumOf(new Metric("Mine", "Depth") { Dimensions = Dimension("Of") }));
        Assert.Contains(topic.Published, each => each.Subject == "ALARM: \"deep\" in us-east-1");
        await UntilAsync(() => Server.Cloud.CloudWatch.Alarms.Find("broken")!.State == "OK");
        Assert.Contains(Server.Cloud.Events.History, each => each.DetailType == "CloudWatch Alarm State Change");
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> Dimension(string name) =>
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add(name, "f");

    private async Task AlarmAsync(string name, string scope, string metric, string dimension, string topic)
    {
        var body = new JsonObject
        {
            ["AlarmName"] = name, ["Namespace"] = scope, ["MetricName"] = metric, ["Statistic"] = "Sum", ["Period"] = 60,
            ["EvaluationPeriods"] = 1, ["Threshold"] = 0, ["ComparisonOperator"] = "GreaterThanThreshold",
            ["TreatMissingData"] = "notBreaching", ["AlarmActions"] = new JsonArray(topic),
            ["Dimensions"] = new JsonArray(new JsonObject { ["Name"] = dimension, ["Value"] = "f" }),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Url) { Content = new StringContent(body.ToJsonString()) };
        request.Headers.Add("X-Amz-Target", "GraniteServiceVersion20100801.PutMetricAlarm");
        Assert.True((await Http.SendAsync(request)).IsSuccessStatusCode);
    }

    private Task<ToolResult> AwsAsync(string arguments) => Tool.RunAsync(
        "aws", ["--endpoint-url", Server.Url.ToString(), .. arguments.Split(' ')], Wire.Client.Environment(Server));
}
