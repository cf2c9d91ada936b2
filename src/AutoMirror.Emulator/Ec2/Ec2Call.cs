using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2;

/// <summary>One EC2 request: its parameters, what all actions share, and the body of its answer.</summary>
internal sealed class Ec2Call(Cloud cloud, string action, Parameters parameters, string? accessKeyId)
{
    private static readonly string[] Always = ["Action", "Version", "DryRun", "Signature", "SignatureMethod", "SignatureVersion",
        "Timestamp", "AWSAccessKeyId"];

    public Cloud Cloud => cloud;

    public string Action => action;

    public Ec2Engine Ec2 => cloud.Ec2;

    public Parameters Input => parameters;

    public string? AccessKeyId => accessKeyId;

    public XmlBody Body { get; } = new();

    /// <summary>The client token, for the actions that document one; for the others it is a parameter that nobody knows.</summary>
    public string? ClientToken => Ec2Api.TakesClientToken(action) ? parameters.Text("ClientToken") : null;

    /// <summary>
    /// Does the work once its parameters have been read: unless a parameter is unknown, or DryRun only asks whether it might be
    /// done. The same client token answers with the first result.
    /// </summary>
    public T Do<T>(Func<T> work) where T : notnull
    {
        if (ClientToken is { Length: > 64 })
            throw Ec2Errors.InvalidParameterValue("ClientToken must be at most 64 characters.");
        if (parameters.Unread.FirstOrDefault(name => !Always.Contains(name)) is { } unknown)
            throw UnmodelledParameters.Refuse(action, unknown);
        if (parameters.Flag("DryRun") == true)
            throw Ec2Errors.DryRunOperation();
        using (cloud.Enter())
            return cloud.Idempotency.Once(action, ClientToken, () => parameters.Fingerprint("ClientToken", "DryRun", "Version"), work);
    }

    public void Do(Action work) => Do(() =>
    {
        work();
        return true;
    });

    /// <summary>What actions without a result of their own answer.</summary>
    public void Return() => Body.Flag("return", true);

    public IReadOnlyList<Filter> Filters => [.. parameters.Structures("Filter").Select(
        filter => new Filter(filter.Text("Name") ?? throw Ec2Errors.FilterWithoutName(), filter.Texts("Value")))];

    public Query Query(string? ids) => new()
    {
        Ids = ids is null ? [] : parameters.Texts(ids),
        Filters = Filters,
        MaxResults = parameters.Integer("MaxResults"),
        NextToken = parameters.Text("NextToken"),
    };

    /// <summary>The tags of a TagSpecification for one of the kinds that the action can tag.</summary>
    public IReadOnlyDictionary<string, string>? TagsFor(string kind, params string[] others)
    {
        Dictionary<string, string>? tags = null;
        HashSet<string> types = [];
        foreach (var specification in parameters.Structures("TagSpecification"))
        {
            var type = specification.Required("ResourceType");
            if (type != kind && !others.Contains(type))
                throw Ec2Errors.NotTaggable(type);
            if (!types.Add(type))
                throw Ec2Errors.TagSpecificationTwice(type);
            var read = ReadTags(specification);
            if (read.Count == 0)
                throw Ec2Errors.NoTags();
            if (type == kind)
                tags = read;
        }

        return tags;
    }

    public static Dictionary<string, string> ReadTags(Parameters from)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in from.Structures("Tag"))
        {
            if (!tags.TryAdd(tag.Required("Key"), tag.Text("Value") ?? ""))
                throw Ec2Errors.TagKeyTwice(tag.Required("Key"));
        }

        return tags;
    }
}
