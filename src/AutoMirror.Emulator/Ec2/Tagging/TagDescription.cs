namespace AutoMirror.Emulator.Ec2.Tagging;

/// <summary>One tag of one resource, as DescribeTags gives it.</summary>
public sealed record TagDescription(string ResourceId, string ResourceType, string Key, string Value);
