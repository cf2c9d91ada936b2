using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2;

/// <summary>One EC2 request: its parameters, what all actions share, and the body of its answer.</summary>
internal sealed class Ec2Call(Cloud cloud, string action, Parameters parameters, string? accessKeyId)
{
    private static readonly string[] always = ["Action", "Version", "DryRun", "ClientToken", "Signature", "SignatureMethod",
        "SignatureVersion", "Timestamp", "AWSAccessKeyId"];

    public Cloud Cloud => cloud;

    public Ec2Engine Ec2 => cloud.Ec2;

    public Parameters Input => parameters;

    public string? AccessKeyId => accessKeyId;

    public XmlBody Body { get; } = new();

    public string? ClientToken => parameters.Text("ClientToken");

    /// <summary>
    /// Does the work once its parameters have been read: unless a parameter is unknown, or DryRun only asks whether it might be
    /// done. The same client token answers with the first result.
    /// </summary>
    public T Do<T>(Func<T> work) where T : notnull
    {
        if (parameters.Unread.FirstOrDefault(name => !always.Contains(name)) is { } unknown)
            throw new AwsException("UnknownParameter", $"The parameter {unknown} is not recognized");
        if (parameters.Flag("DryRun") == true)
            throw Ec2Errors.DryRunOperation();
        if (ClientToken is { Length: > 64 })
            throw Ec2Errors.InvalidParameterValue("ClientToken must be at most 64 characters.");
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

    public Query Query(string ids) => new()
    {
        Ids = parameters.Texts(ids),
        Filters = [.. parameters.Structures("Filter").Select(filter => new Filter(filter.Required("Name"), filter.Texts("Value")))],
        MaxResults = parameters.Integer("MaxResults"),
        NextToken = parameters.Text("NextToken"),
    };

    /// <summary>The tags of a TagSpecification for one of the kinds that the action can tag.</summary>
    public IReadOnlyDictionary<string, string>? TagsFor(string kind, params string[] others)
    {
        Dictionary<string, string>? tags = null;
        foreach (var specification in parameters.Structures("TagSpecification"))
        {
            var type = specification.Required("ResourceType");
            if (type != kind && !others.Contains(type))
                throw Ec2Errors.NotTaggable(type);
            var read = ReadTags(specification);
            if (type == kind)
                tags = read;
        }

        return tags;
    }

    public static Dictionary<string, string> ReadTags(Parameters from)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in from.Structures("Tag"))
            if (!tags.TryAdd(tag.Required("Key"), tag.Text("Value") ?? ""))
                throw Ec2Errors.TagKeyTwice(tag.Required("Key"));
        return tags;
    }
}
