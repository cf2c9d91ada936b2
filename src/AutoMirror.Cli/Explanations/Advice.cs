using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Policies;

namespace AutoMirror.Cli.Explanations;

/// <summary>What to do about a verdict, with the command.</summary>
internal static class Advice
{
    /// <summary>The next step; null where all is as it should be.</summary>
    /// <param name="isPending">Whether a sync would change something.</param>
    public static string? For(InterfaceVerdict verdict, Look look, bool isPending)
    {
        var (policy, prefix) = (look.Situation.Policy, look.Source.Settings.Prefix);
        var tagged = verdict.InstanceId?.Value ?? verdict.NetworkInterfaceId?.Value ?? "i-…";
        return verdict.Verdict switch
        {
            _ when isPending => "automirror sync makes it so.",
            Verdict.Mirrored { Shadowed: Shadow.Fully } =>
                "Give the foreign session a higher number: aws ec2 modify-traffic-mirror-session --traffic-mirror-session-id tms-… "
                    + "--session-number …",
            Verdict.Mirrored when verdict.Because.Any(reason => reason is Reason.SensorIsOut) =>
                "Start the sensor, or give its pool a living target: automirror setup --sensor NAME=eni-…",
            Verdict.Mirrored => null,
            Verdict.OptedOut => $"To have it mirrored: aws ec2 create-tags --resources {tagged} --tags Key={policy.TagKey},Value=true",
            Verdict.Excluded => $"The policy decides: change its field exclude in {ParameterSetReader.PolicyParameter(prefix)}, and see "
                + "what "
                + "that does with automirror plan --policy FILE.",
            Verdict.Sensor => "Nothing: a sensor is never mirrored, or its copies would be copied.",
            Verdict.NotRunning => "Nothing: its session comes when the instance runs.",
            Verdict.NotASource => "Nothing: EC2 takes attached interfaces of the type interface only.",
            Verdict.Unsupported => "Run the workload on an instance type that can be mirrored, such as m7i or c6g.",
            Verdict.OtherAccount => "To mirror it: set the policy's participants to true, or deploy AutoMirror in that account.",
            Verdict.FilterUnusable => "automirror setup makes a filter that accepts all, or give the configured one rules.",
            Verdict.UndeclaredHosts => "Tag the sensor's hosts automirror:sensor-host, and say so in the policy: sensors.NAME.hosts.",
            Verdict.UnknownSensor unknown => $"automirror setup --sensor {unknown.Wanted.Value}=eni-…, or correct the tag {policy.TagKey}.",
            Verdict.CapacityExhausted full => $"automirror setup --sensor {full.Wanted.Value}=eni-… adds a target.",
            Verdict.SessionLimit => "Delete sessions that others made, or have the quota raised.",
            Verdict.Unsettled or Verdict.Failed => "automirror sync tries again.",
            _ => null,
        };
    }
}
