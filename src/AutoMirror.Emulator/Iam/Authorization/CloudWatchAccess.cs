using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>CloudWatch, which IAM calls <c>cloudwatch</c>: alarms and dashboards. Metrics know no resources.</summary>
internal sealed class CloudWatchAccess(Cloud cloud) : IServiceAccess
{
    public IEnumerable<(AccessRequest Request, string? ResourcePolicy)> Of(ServiceCall call, RequestContext context)
    {
        var known = context.WithRequestTags(call.Tags("Tags"))
            .With("cloudwatch:namespace", call.Action == "PutMetricData" ? call.Text("Namespace") : null);
        var resources = call.Action switch
        {
            "PutMetricAlarm" or "SetAlarmState" => Alarms(call.All("AlarmName")),
            "DeleteAlarms" or "EnableAlarmActions" or "DisableAlarmActions" => Alarms(call.All("AlarmNames")),
            "DescribeAlarms" or "DescribeAlarmHistory" => [cloud.Arn("cloudwatch", "alarm:*")],
            "PutDashboard" or "GetDashboard" => Dashboards(call.All("DashboardName")),
            "DeleteDashboards" => Dashboards(call.All("DashboardNames")),
            _ => call.All("ResourceARN") is { Count: > 0 } arns ? arns : ["*"],
        };
        return resources.Select(resource => (new AccessRequest($"cloudwatch:{call.Action}", resource, known), (string?)null));
    }

    private IReadOnlyList<string> Alarms(IEnumerable<string> names) => [.. names.Select(name => cloud.Arn("cloudwatch", $"alarm:{name}"))];

    private IReadOnlyList<string> Dashboards(IEnumerable<string> names) =>
        [.. names.Select(name => $"arn:aws:cloudwatch::{cloud.Options.AccountId}:dashboard/{name}")];
}
