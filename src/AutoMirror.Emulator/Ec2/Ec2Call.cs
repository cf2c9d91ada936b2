using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2;

/// <summary>
/// One EC2 request: its parameters, what all actions share, and the body of its answer. An action first reads its parameters, then has
/// the work done, then writes the answer.
/// </summary>
internal sealed class Ec2Call(Cloud cloud, string action, Parameters parameters)
{
    private const int LongestClientToken = 64;

    /// <summary>Parameters that any action takes.</summary>
    private static readonly string[] Always =
    [
        "Action", "Version", "DryRun", "Signature", "SignatureMethod", "SignatureVersion", "Timestamp", "AWSAccessKeyId",
    ];

    public Cloud Cloud => cloud;

    public Ec2Engine Ec2 => cloud.Ec2;

    public string Action => action;

    public Parameters Input => parameters;

    public XmlBody Body { get; } = new();

    /// <summary>The client token of an action that documents one; for the others it is a parameter that nobody knows.</summary>
    public string? ClientToken => Ec2Api.TakesClientToken(action) ? parameters.Text("ClientToken") : null;

    public IReadOnlyList<Filter> Filters => [.. parameters.Structures("Filter").Select(
        filter => new Filter(filter.Text("Name") ?? throw Ec2Errors.FilterWithoutName(), filter.Texts("Value")))];

    /// <summary>
    /// Does the work once its parameters have been read. It refuses when a parameter was not read, because nobody knows it, and when
    /// DryRun only asks whether the work might be done. A repeated client token gets the first result.
    /// </summary>
    public T Do<T>(Func<T> work) where T : notnull
    {
        if (ClientToken is { Length: > LongestClientToken })
            throw Ec2Errors.InvalidParameterValue($"ClientToken must be at most {LongestClientToken} characters.");
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

    /// <summary>Does something to the resource whose id is in a parameter, and returns the id.</summary>
    public string DoTo(string parameter, Action<string> work)
    {
        var id = parameters.Required(parameter);
        Do(() => work(id));
        return id;
    }

    /// <summary>Answers a describe: the resources that match as a set, and a token when there are more.</summary>
    public void Describe<T>(string ids, string set, Func<Query, Page<T>> describe, Action<T> write) =>
        Describe(Query(ids), set, describe, write);

    public void Describe<T>(Query query, string set, Func<Query, Page<T>> describe, Action<T> write)
    {
        var page = Do(() => describe(query));
        Body.Set(set, page.Items, write).Text("nextToken", page.NextToken);
    }

    /// <summary>What a describe asks for; <paramref name="ids"/> is the parameter that lists ids, null where there is none.</summary>
    public Query Query(string? ids) => new()
    {
        Ids = ids is null ? [] : parameters.Texts(ids),
        Filters = Filters,
        MaxResults = parameters.Integer("MaxResults"),
        NextToken = parameters.Text("NextToken"),
    };

    /// <summary>What a describe asks for that can leave managed resources out.</summary>
    public Query QueryWithManaged(string ids) =>
        Query(ids) with { IncludeManagedResources = parameters.Flag("IncludeManagedResources") ?? false };

    /// <summary>The answer of actions that have no result of their own.</summary>
    public void Return() => Body.Flag("return", true);

    /// <summary>The tags that TagSpecification has for one kind of resource; the action can tag <paramref name="others"/> too.</summary>
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
