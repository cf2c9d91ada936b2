namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>
/// A resource that an action of EC2 is checked against: its type, and the parameter with its id or ids. A new resource has no id yet.
/// </summary>
internal sealed record Ec2Need(string Type, string? Parameter)
{
    /// <summary>Whether the call makes it: it then has the request's tags, and none of its own.</summary>
    public bool IsNew => Parameter is null;

    /// <summary>Whether any resource is meant when the parameter is not given, since EC2 then chooses one.</summary>
    public bool IsRequired { get; init; }

    public static Ec2Need New(string type) => new(type, null);

    /// <summary>One that is checked when the parameter is given.</summary>
    public static Ec2Need Given(string type, string parameter) => new(type, parameter);

    /// <summary>One that is checked in any case.</summary>
    public static Ec2Need Chosen(string type, string parameter) => new(type, parameter) { IsRequired = true };
}
