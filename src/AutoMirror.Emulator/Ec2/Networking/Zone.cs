using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>An Availability Zone: a name such as <c>us-east-1a</c>, and an id such as <c>use1-az1</c>.</summary>
public sealed record Zone(string Name, string Id);

/// <summary>A zone as filters see it.</summary>
internal sealed record ZoneRow : Resource
{
    public required Zone Zone { get; init; }

    public static string Group(Cloud cloud) => $"{cloud.Options.Region}-zg-1";
}
