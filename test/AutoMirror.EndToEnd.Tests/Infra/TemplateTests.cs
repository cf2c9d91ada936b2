using System.Text.Json.Nodes;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

public sealed class TemplateTests
{
    private static readonly (string, string) Target = ("DefaultTarget", "tmt-0b71de94af3c20586");

    /// <summary>Kinds of problem that mean that mirroring is broken now.</summary>
    private static readonly string[] Urgent =
    [
        "blast-radius", "broken-plan", "capacity-exhausted", "failed", "filter-unusable", "incomplete", "sensor-gone", "target-gone",
    ];

    [NeedsToolFact("cfn-lint")]
    public async Task The_template_is_clean_by_cfn_lint_informational_rules_included()
    {
        var result = await Tool.RunAsync("cfn-lint", ["--include-checks", "I", "--template", SamTemplate.Path]);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    /// <summary>A rule may be ignored only where a comment right above says why.</summary>
    [Fact]
    public void Each_rule_that_the_template_ignores_is_ignored_with_a_reason()
    {
        foreach (var template in (string[])[SamTemplate.Path, Repository.PathOf("infra", "static", "cloudformation.yaml")])
        {
            var lines = File.ReadAllLines(template);
            foreach (var (index, line) in lines.Index().Where(l => l.Item.Contains("ignore_checks", StringComparison.Ordinal)))
                Assert.True(lines[index - 1].TrimStart().StartsWith('#'), $"{template}, line {index + 1}: {line.Trim()}");
        }
    }

    [NeedsToolFact("cfn-lint")]
    public async Task The_static_example_is_clean_by_cfn_lint_informational_rules_included()
    {
        var template = Repository.PathOf("infra", "static", "cloudformation.yaml");

        var result = await Tool.RunAsync("cfn-lint", ["--include-checks", "I", "--template", template]);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [NeedsPythonModuleFact("samtranslator", "cfn-lint")]
    public async Task What_the_SAM_translator_makes_of_it_is_clean_by_cfn_lint_too()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("automirror-sam-").FullName, "translated.json");
        await File.WriteAllTextAsync(file, await SamTemplate.JsonAsync());

        var result = await Tool.RunAsync("cfn-lint", ["--template", file]);

        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_queue_is_set_for_the_tail_of_a_storm()
    {
        var stack = await SamTemplate.DeployAsync(Target, ("Delivery", "queue"), ("TimeoutSeconds", "240"));
        var queue = stack.Resources["EventQueue"];
        var source = stack.Resources["EventSource"];
        var function = stack.Resources["Function"];

        Assert.Equal("240", queue["VisibilityTimeout"]!.ToString());
        Assert.Equal("240", function["Timeout"]!.ToString());
        Assert.Equal("Allow", function["RecursiveLoop"]!.ToString());
        Assert.InRange(int.Parse(queue["RedrivePolicy"]!["maxReceiveCount"]!.ToString()), 10, 1000);
        Assert.Equal("2", source["ScalingConfig"]!["MaximumConcurrency"]!.ToString());
        Assert.InRange(int.Parse(source["MaximumBatchingWindowInSeconds"]!.ToString()), 1, 300);
        Assert.Equal("ReportBatchItemFailures", Assert.Single(source["FunctionResponseTypes"]!.AsArray())!.ToString());
        Assert.Equal(stack.Outputs["QueueUrl"], function["Environment"]!["Variables"]!["AUTOMIRROR_QUEUE_URL"]!.ToString());
        Assert.All(stack.OfType("AWS::Events::Rule"), rule =>
            Assert.Equal("arn:aws:sqs:us-east-1:123456789012:automirror-events", rule["Targets"]![0]!["Arn"]!.ToString()));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Direct_delivery_waits_as_long_as_Lambda_lets_it_and_keeps_what_failed()
    {
        var stack = await SamTemplate.DeployAsync(Target);
        var invocation = stack.Resources["FunctionEventInvokeConfig"];

        Assert.Equal("5", stack.Resources["Function"]["ReservedConcurrentExecutions"]!.ToString());
        Assert.Equal("21600", invocation["MaximumEventAgeInSeconds"]!.ToString());
        Assert.Equal(
            "arn:aws:sqs:us-east-1:123456789012:automirror-failures",
            invocation["DestinationConfig"]!["OnFailure"]!["Destination"]!.ToString());
        Assert.All(stack.OfType("AWS::Events::Rule"), rule =>
            Assert.Equal(stack.Outputs["FunctionArn"], rule["Targets"]![0]!["Arn"]!.ToString()));
        Assert.DoesNotContain("EventQueue", stack.Resources.Keys);
        Assert.DoesNotContain("QueueUrl", stack.Outputs.Keys);
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Only_the_ahead_of_time_compiled_function_is_told_where_its_certificates_are()
    {
        async Task<(string Handler, string Settings)> Function(params (string, string)[] parameters)
        {
            var function = (await SamTemplate.DeployAsync([Target, .. parameters])).Resources["Function"];
            var trust = function["Environment"]!["Variables"]!.AsObject().Where(v => v.Key.StartsWith("SSL", StringComparison.Ordinal));
            return (function["Handler"]!.ToString(), string.Join(' ', trust.Select(v => $"{v.Key}={v.Value}")));
        }

        Assert.Equal(("bootstrap", "SSL_CERT_DIR=/nonexistent"), await Function());
        Assert.Equal(("bootstrap", "SSL_CERT_FILE=/nonexistent"), await Function(("TrustStore", "folder")));
        Assert.Equal(("bootstrap", ""), await Function(("TrustStore", "both")));
        Assert.Equal(
            ("AutoMirror.Lambda.Managed::AutoMirror.Lambda.Managed.Function::HandleAsync", ""), await Function(("Runtime", "dotnet10")));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_filter_that_is_made_accepts_everything_and_Amazons_DNS()
    {
        var stack = await SamTemplate.DeployAsync(Target, ("FilterIpv6", "true"));

        Assert.Equal("amazon-dns", Assert.Single(stack.Resources["SharedFilter"]["NetworkServices"]!.AsArray())!.ToString());
        Assert.Equal(
            [
                "egress 100 accept 0.0.0.0/0 0.0.0.0/0", "egress 200 accept ::/0 ::/0",
                "ingress 100 accept 0.0.0.0/0 0.0.0.0/0", "ingress 200 accept ::/0 ::/0",
            ],
            stack.OfType("AWS::EC2::TrafficMirrorFilterRule").Select(r => string.Join(
                ' ', r["TrafficDirection"], r["RuleNumber"], r["RuleAction"], r["SourceCidrBlock"], r["DestinationCidrBlock"])).Order());
        Assert.Equal(stack.Outputs["FilterId"], stack.Resources["FilterParameter"]["Value"]!.ToString());
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task A_filter_that_is_given_is_not_made()
    {
        var stack = await SamTemplate.DeployAsync(Target, ("Filter", "tmf-0d19f7e3a25c84b60"));

        Assert.DoesNotContain(stack.Types.Values, type => type.StartsWith("AWS::EC2::TrafficMirrorFilter", StringComparison.Ordinal));
        Assert.Equal("tmf-0d19f7e3a25c84b60", stack.Resources["FilterParameter"]["Value"]!.ToString());
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Each_capture_point_becomes_a_target_of_its_kind_and_joins_the_pool()
    {
        const string Balancer = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/sensors/50dc6c495c0c9188";
        var stack = await SamTemplate.DeployAsync(Target, ("CapturePoints", $"eni-0123456789abcdef0,{Balancer},vpce-0123456789abcdef0"));

        Assert.Equal(
            [
                "NetworkInterfaceId=eni-0123456789abcdef0", $"NetworkLoadBalancerArn={Balancer}",
                "GatewayLoadBalancerEndpointId=vpce-0123456789abcdef0",
            ],
            stack.OfType("AWS::EC2::TrafficMirrorTarget").Select(target =>
                string.Join(' ', target.Where(p => p.Key is not ("Description" or "Tags")).Select(p => $"{p.Key}={p.Value}"))));
        Assert.Equal(
            "tmt-0b71de94af3c20586,tmt-0123456789abcdef1,tmt-0123456789abcdef2,tmt-0123456789abcdef3", stack.Outputs["DefaultTargets"]);
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Without_anywhere_to_mirror_to_nothing_is_deployed()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => SamTemplate.DeployAsync());

        Assert.Contains("CapturePoints", exception.Message, StringComparison.Ordinal);
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task A_queue_with_room_for_one_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(
            () => SamTemplate.DeployAsync(Target, ("Delivery", "queue"), ("ReservedConcurrency", "1")));
        await SamTemplate.DeployAsync(Target, ("Delivery", "queue"), ("ReservedConcurrency", "2"));
        await SamTemplate.DeployAsync(Target, ("Delivery", "direct"), ("ReservedConcurrency", "1"));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Wrong_ids_are_refused_before_anything_is_made()
    {
        (string, string)[] mistakes =
        [
            ("Filter", "tmt-0b71de94af3c20586"), ("CapturePoints", "i-0c5f6a7e1d2b39481"), ("SharedTargets", "tmt-0b71de94af3c20586"),
            ("CapturePoints", string.Join(',', Enumerable.Repeat("eni-0123456789abcdef0", 5))),
            ("Deployment", "auto_mirror"), ("Prefix", "/automirror/"), ("TimeoutSeconds", "901"), ("Schedule", "hourly"),
            ("Schedule", "rate(1 hours)"), ("SensorFilters", "tmt-0b71de94af3c20586"), ("SubnetIds", "subnet-0123456789abcdef0"),
            ("FilterIpv6", "yes"), ("KmsKeyArn", "alias/mirror"), ("UrgentAlarmTopic", "arn:aws:sns:nonsense"),
            ("Prefix", "/aws/automirror"), ("Prefix", "/SSM-parameters"), ("RolePath", "network"), ("ExistingRole", "a role"),
            ("SilenceHours", "0"), ("ErrorsThreshold", "-1"), ("OkActions", "no"), ("InsufficientDataTopic", "security@example.net"),
        ];
        foreach (var mistake in mistakes)
            await Assert.ThrowsAsync<ArgumentException>(() => SamTemplate.DeployAsync(Target, mistake));
        await Assert.ThrowsAsync<ArgumentException>(
            () => SamTemplate.DeployAsync((Target.Item1, "tmt-0b71de94af3c20586, tmt-0a6d5c81e93f7b420")));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task What_is_for_a_role_that_is_made_is_refused_with_one_that_exists()
    {
        (string, string) role = ("ExistingRole", "mirror");
        await SamTemplate.DeployAsync(Target, role, ("RolePath", "/network/"));
        await Assert.ThrowsAsync<ArgumentException>(() => SamTemplate.DeployAsync(Target, role, ("RoleName", "other")));
        await Assert.ThrowsAsync<ArgumentException>(
            () => SamTemplate.DeployAsync(Target, role, ("PermissionsBoundary", "arn:aws:iam::123456789012:policy/boundary")));
    }

    /// <summary>EC2 deletes neither while a session uses it, and the sessions stay.</summary>
    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_filter_and_the_targets_outlive_the_stack()
    {
        var made = JsonNode.Parse(await SamTemplate.JsonAsync())!["Resources"]!.AsObject()
            .Where(r => r.Value!["Type"]!.ToString().StartsWith("AWS::EC2::", StringComparison.Ordinal)).ToList();

        Assert.Equal(9, made.Count);
        Assert.All(made, r => Assert.Equal("RetainExceptOnCreate", r.Value!["DeletionPolicy"]!.ToString()));
        Assert.All(made, r => Assert.Equal("Retain", r.Value!["UpdateReplacePolicy"]!.ToString()));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_alarms_and_the_dashboard_watch_the_functions_metrics()
    {
        var stack = await SamTemplate.DeployAsync(
            Target, ("Delivery", "queue"), ("AlarmTopic", "arn:aws:sns:us-east-1:123456789012:alarms"));
        var alarms = stack.OfType("AWS::CloudWatch::Alarm")
            .ToDictionary(a => a["AlarmName"]!.ToString(), a => $"{a["Namespace"]} {a["MetricName"]}");

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["automirror-errors"] = "AWS/Lambda Errors", ["automirror-throttles"] = "AWS/Lambda Throttles",
                ["automirror-failures"] = "AWS/SQS ApproximateNumberOfMessagesVisible",
                ["automirror-lag"] = "AWS/SQS ApproximateAgeOfOldestMessage",
                ["automirror-problems"] = "AutoMirror Problems", ["automirror-coverage"] = "AutoMirror Coverage",
                ["automirror-request-rate"] = "AutoMirror Throttles", ["automirror-silence"] = "AWS/Lambda Invocations",
                ["automirror-paused"] = "AutoMirror Paused",
            },
            alarms.Where(alarm => !Urgent.Contains(alarm.Key["automirror-".Length..])).ToDictionary());
        Assert.Equal(Urgent, alarms.Where(alarm => Urgent.Contains(alarm.Key["automirror-".Length..])).Select(alarm =>
            alarm.Key["automirror-".Length..]).Order());
        Assert.All(stack.OfType("AWS::CloudWatch::Alarm"), a => Assert.Single(a["AlarmActions"]!.AsArray()));
        var dashboard = stack.Resources["Dashboard"]["DashboardBody"]!.ToString();
        Assert.Equal(11, JsonNode.Parse(dashboard)!["widgets"]!.AsArray().Count);
        string[] metrics =
            ["SessionsCreated", "SessionsModified", "SessionsDeleted", "Problems", "ApiCalls", "Throttles", "SecondsToSession", "Coverage"];
        foreach (var metric in metrics)
            Assert.Contains($"\"{metric}", dashboard.Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var metric in (string[])["NetworkMirrorOut", "NetworkMirrorIn", "NetworkSkipMirrorOut", "NetworkSkipMirrorIn"])
            Assert.Contains($"{{AWS/EC2,InstanceId}} MetricName=\\\"{metric}\\\"", dashboard, StringComparison.Ordinal);
    }
}
