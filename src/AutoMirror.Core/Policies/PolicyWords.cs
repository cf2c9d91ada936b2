using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>The policy's own words for its choices, where more than its reader needs them.</summary>
internal static class PolicyWords
{
    public static WordTable<PolicyMode> Modes { get; } = new(
        ("sync", PolicyMode.Sync), ("create-only", PolicyMode.CreateOnly), ("observe", PolicyMode.Observe), ("off", PolicyMode.Off));

    /// <summary>The policy's word for what EC2 does where no identifier is set, and for one of each VPC.</summary>
    public const string PerInterface = "perInterface", PerVpc = "perVpc";

    public static WordTable<HostRule> HostRules { get; } = new(("tagged", HostRule.Tagged), ("excluded", HostRule.Excluded));

    public static WordTable<TagLevel> TagLevels { get; } = new(
        ("interface", TagLevel.Interface), ("instance", TagLevel.Instance), ("subnet", TagLevel.Subnet), ("vpc", TagLevel.Vpc));
}
