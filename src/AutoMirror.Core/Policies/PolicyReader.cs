using System.Text.Json;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>Reads the policy document. All errors are found at once, each with its field; nothing falls back silently.</summary>
internal static class PolicyReader
{
    private const int MostHours = 8760;
    private const int MostCounted = 10_000;

    private static readonly Dictionary<string, PolicyMode> Modes = new(StringComparer.Ordinal)
    {
        ["sync"] = PolicyMode.Sync, ["create-only"] = PolicyMode.CreateOnly, ["observe"] = PolicyMode.Observe, ["off"] = PolicyMode.Off,
    };

    private static readonly Dictionary<string, TagLevel> Levels = new(StringComparer.Ordinal)
    {
        ["interface"] = TagLevel.Interface, ["instance"] = TagLevel.Instance, ["subnet"] = TagLevel.Subnet, ["vpc"] = TagLevel.Vpc,
    };

    private static readonly Dictionary<string, InterfaceSelection> Selections = new(StringComparer.Ordinal)
    {
        ["all"] = InterfaceSelection.All, ["primary"] = InterfaceSelection.Primary,
    };

    private static readonly Dictionary<string, OnStop> StopRules = new(StringComparer.Ordinal)
    {
        ["delete"] = OnStop.Delete, ["keep"] = OnStop.Keep,
    };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>The policy of a parameter's value; whatever is wrong goes to <paramref name="errors"/>.</summary>
    public static Policy Read(string parameter, string json, ICollection<ConfigurationError> errors)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return Read(new FieldReader(document.RootElement, parameter, "", errors));
            errors.Add(new(parameter, null, $"is {ConfigurationError.Quote(json)}", "a JSON object"));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // The second is what half a surrogate pair leads to, such as "\ud800", once its text is asked for.
            errors.Add(new(parameter, null, $"is no JSON ({problem.Message})", "a JSON object, each field once"));
        }

        return Policy.Default;
    }

    private static Policy Read(FieldReader fields)
    {
        var fallback = Policy.Default;
        var policy = new Policy
        {
            Mode = fields.Word("mode", fallback.Mode, Modes),
            TagKey = fields.Reference("tagKey", fallback.TagKey, "an EC2 tag key: 1–128 characters, not starting with aws:", TagKey),
            TagLevels = ReadLevels(fields, fallback),
            Untagged = fields.Reference("untagged", fallback.Untagged, "a value of the opt-in tag: text of at most 256 characters", TagValue),
            Interfaces = fields.Word("interfaces", fallback.Interfaces, Selections),
            StandaloneInterfaces = fields.Flag("standaloneInterfaces", fallback.StandaloneInterfaces),
            OnStop = fields.Word("onStop", fallback.OnStop, StopRules),
            SessionNumber = fields.Value(
                "sessionNumber", fallback.SessionNumber, $"a whole number {SessionNumber.Minimum}–{SessionNumber.Maximum}",
                element => FieldReader.WholeNumber(element) is { } number ? SessionNumber.TryFrom(number) : null),
            PacketLength = fields.Optional(
                "packetLength", $"a whole number {PacketLength.Minimum}–{PacketLength.Maximum}, or no such field for whole packets",
                element => FieldReader.WholeNumber(element) is { } bytes ? PacketLength.TryFrom(bytes) : null),
            VirtualNetworkId = fields.Optional(
                "virtualNetworkId", $"a whole number {VirtualNetworkId.Minimum}–{VirtualNetworkId.Maximum}, or no such field to let EC2 choose",
                element => FieldReader.WholeNumber(element) is { } number ? VirtualNetworkId.TryFrom(number) : null),
            SensorTags = fields.Flag("sensorTags", fallback.SensorTags),
            Exclude = fields.Object("exclude") is { } exclude ? ReadExclusions(exclude) : fallback.Exclude,
            Limits = fields.Object("limits") is { } limits ? ReadLimits(limits, fallback.Limits) : fallback.Limits,
            GuardDuty = fields.Object("guardDuty") is { } guardDuty ? ReadGuardDuty(guardDuty, new GuardDutyRule()) : null,
        };
        fields.RejectUnknown();
        return policy;
    }

    private static IReadOnlySet<TagLevel> ReadLevels(FieldReader fields, Policy fallback) =>
        fields.AtLeastOne<TagLevel>("tagLevels", "\"interface\", \"instance\", \"subnet\" or \"vpc\"", word => Levels.TryGetValue(word, out var level) ? level : null)
            is { Count: > 0 } levels ? levels.ToHashSet() : fallback.TagLevels;

    private static Exclusions ReadExclusions(FieldReader fields)
    {
        var exclusions = new Exclusions
        {
            Tags = fields.Object("tags")?.TextLists("text") ?? Exclusions.None.Tags,
            InstanceTypes = [.. fields.List<InstanceTypePattern>("instanceTypes", "instance types such as \"m5.large\" or \"m5.*\"", InstanceTypePattern.TryParse).Select(p => p.Text)],
            Vpcs = fields.List("vpcs", "VPC ids, vpc-…", Id<Vpc>.TryParse),
            Subnets = fields.List("subnets", "subnet ids, subnet-…", Id<Subnet>.TryParse),
            KubernetesNodes = fields.Flag("kubernetesNodes", false),
        };
        fields.RejectUnknown();
        return exclusions;
    }

    private static Limits ReadLimits(FieldReader fields, Limits fallback)
    {
        var limits = new Limits
        {
            Deletes = fields.Number("deletes", fallback.Deletes, 0, MostCounted),
            Percent = fields.Number("percent", fallback.Percent, 0, 100),
            ScopedDeletes = fields.Number("scopedDeletes", fallback.ScopedDeletes, 0, MostCounted),
        };
        fields.RejectUnknown();
        return limits;
    }

    private static GuardDutyRule ReadGuardDuty(FieldReader fields, GuardDutyRule fallback)
    {
        var rule = new GuardDutyRule
        {
            Severity = fields.Value<double>(
                "severity", fallback.Severity, "a number 1–10",
                element => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var severity) && severity is >= 1 and <= 10 ? severity : null),
            Sensor = new SensorName(fields.Reference("sensor", fallback.Sensor.Value, "a sensor's name", text => FieldReader.Text(text) is { Length: > 0 } name ? name : null)),
            Hours = fields.Number("hours", fallback.Hours, 1, MostHours),
        };
        fields.RejectUnknown();
        return rule;
    }

    // EC2 User Guide, "Tag restrictions": keys of 1–128 characters that don't begin with aws:, values of up to 256.
    private static string? TagKey(JsonElement element) =>
        FieldReader.Text(element) is { Length: >= 1 and <= 128 } key && !key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) ? key : null;

    private static string? TagValue(JsonElement element) => FieldReader.Text(element) is { Length: <= 256 } value ? value : null;
}
