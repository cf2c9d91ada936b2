using System.Text.Json;
using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>Reads the policy document. All errors are found at once, each with its field; nothing falls back silently.</summary>
internal static class PolicyReader
{
    private const int MostHours = 8760;
    private const int MostCounted = 10_000;

    private static readonly WordTable<InterfaceSelection> Selections = new(
        ("all", InterfaceSelection.All), ("primary", InterfaceSelection.Primary));

    private static readonly WordTable<OnStop> StopRules = new(("delete", OnStop.Delete), ("keep", OnStop.Keep));

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>The policy of a parameter's value; whatever is wrong goes to <paramref name="errors"/>.</summary>
    public static Policy Read(string parameter, string json, ICollection<ConfigurationError> errors)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return Read(new FieldReader(document.RootElement, parameter, "", errors));
            errors.Add(new(parameter, null, $"is {Words.Quote(json)}", "a JSON object"));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair, such as "\ud800", throws the second once its text is read.
            errors.Add(new(parameter, null, $"is not valid JSON ({problem.Message})", "a JSON object, each field once"));
        }

        return Policy.Default;
    }

    private static Policy Read(FieldReader fields)
    {
        var fallback = Policy.Default;
        var policy = new Policy
        {
            Mode = fields.Word("mode", fallback.Mode, PolicyWords.Modes),
            TagKey = fields.Reference("tagKey", fallback.TagKey, "an EC2 tag key: 1–128 characters, not starting with aws:", TagKey),
            TagLevels = ReadLevels(fields, fallback),
            Untagged = fields.Reference(
                "untagged", fallback.Untagged, "a value of the opt-in tag: text of at most 256 characters", TagValue),
            Interfaces = fields.Word("interfaces", fallback.Interfaces, Selections),
            StandaloneInterfaces = fields.Flag("standaloneInterfaces", fallback.StandaloneInterfaces),
            OnStop = fields.Word("onStop", fallback.OnStop, StopRules),
            SessionNumber = SensorReader.ReadSessionNumber(fields) ?? fallback.SessionNumber,
            PacketLength = SensorReader.ReadPacketLength(fields),
            VirtualNetworkId = SensorReader.ReadVirtualNetworks(fields) ?? fallback.VirtualNetworkId,
            SensorTags = fields.Flag("sensorTags", fallback.SensorTags),
            Sensors = SensorReader.Read(fields),
            SessionTags = fields.Object("sessionTags") is { } tags ? ReadSessionTags(tags) : fallback.SessionTags,
            Participants = fields.Flag("participants", fallback.Participants),
            Mandatory = fields.Object("mandatory") is { } mandatory ? ReadMandatory(mandatory) : fallback.Mandatory,
            Exclude = fields.Object("exclude") is { } exclude ? ReadExclusions(exclude) : fallback.Exclude,
            Limits = fields.Object("limits") is { } limits ? ReadLimits(limits, fallback.Limits) : fallback.Limits,
            GuardDuty = fields.Object("guardDuty") is { } guardDuty ? ReadGuardDuty(guardDuty, new GuardDutyRule()) : null,
            Capture = fields.Object("capture") is { } capture ? ReadCapture(capture, new CaptureRule()) : null,
        };
        fields.RejectUnknown();
        return policy;
    }

    private static IReadOnlySet<TagLevel> ReadLevels(FieldReader fields, Policy fallback) =>
        fields.AtLeastOne<TagLevel>("tagLevels", "\"interface\", \"instance\", \"subnet\" or \"vpc\"", PolicyWords.TagLevels.Find)
            is { Count: > 0 } levels ? levels.ToHashSet() : fallback.TagLevels;

    private static Exclusions ReadExclusions(FieldReader fields)
    {
        var exclusions = new Exclusions
        {
            Tags = fields.Object("tags")?.TextLists("text") ?? Exclusions.None.Tags,
            InstanceTypes = fields.List<InstanceTypePattern>(
                "instanceTypes", "instance types such as \"m5.large\" or \"m5.*\"", InstanceTypePattern.TryParse),
            Vpcs = fields.List("vpcs", "VPC ids, vpc-…", Id<Vpc>.TryParse),
            Subnets = fields.List("subnets", "subnet ids, subnet-…", Id<Subnet>.TryParse),
            KubernetesNodes = fields.Flag("kubernetesNodes", false),
            ManagedBy = fields.Texts("managedBy", "services such as \"eks.amazonaws.com\", or \"*\" for any"),
        };
        fields.RejectUnknown();
        return exclusions;
    }

    private static Obligation ReadMandatory(FieldReader fields)
    {
        var obligation = new Obligation
        {
            Vpcs = fields.List("vpcs", "VPC ids, vpc-…", Id<Vpc>.TryParse),
            Subnets = fields.List("subnets", "subnet ids, subnet-…", Id<Subnet>.TryParse),
            Tags = fields.Object("tags")?.TextLists("text") ?? Obligation.None.Tags,
            Sensor = ReadSensor(fields, Obligation.None.Sensor),
        };
        fields.RejectUnknown();
        return obligation;
    }

    private static SensorName ReadSensor(FieldReader fields, SensorName fallback) => new(fields.Reference(
        "sensor", fallback.Value, "a sensor's name", text => FieldReader.Text(text) is { Length: > 0 } name ? name : null));

    // EC2 User Guide, "Tag restrictions". At most fifty tags; some are AutoMirror's own, and a person may want to add some.
    private static Tags ReadSessionTags(FieldReader fields) => new(fields.Texts(
        "a tag of 1–128 characters that is none of AWS's, AutoMirror's or EC2's Name, with a text of at most 256 characters",
        (key, value) => key is { Length: >= 1 and <= 128 } && value.Length <= 256 && key != Ownership.NameKey
            && !key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)
            && !key.StartsWith("automirror:", StringComparison.OrdinalIgnoreCase)));

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
                element =>
                    element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var severity) && severity is >= 1 and <= 10
                        ? severity
                        : null),
            Sensor = ReadSensor(fields, fallback.Sensor),
            Hours = fields.Number("hours", fallback.Hours, 1, MostHours),
        };
        fields.RejectUnknown();
        return rule;
    }

    private static CaptureRule ReadCapture(FieldReader fields, CaptureRule fallback)
    {
        var rule = new CaptureRule { Hours = fields.Number("hours", fallback.Hours, 1, MostHours) };
        fields.RejectUnknown();
        return rule;
    }

    // EC2 User Guide, "Tag restrictions": keys of 1–128 characters that don't begin with aws:, values of up to 256.
    private static string? TagKey(JsonElement element) =>
        FieldReader.Text(element) is { Length: >= 1 and <= 128 } key && !key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)
            ? key
            : null;

    private static string? TagValue(JsonElement element) => FieldReader.Text(element) is { Length: <= 256 } value ? value : null;
}
