using System.Runtime.CompilerServices;

namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>A policy as it is evaluated ("IAM JSON policy elements reference").</summary>
internal sealed record PolicyDocument(string Version, IReadOnlyList<PolicyStatement> Statements)
{
    /// <summary>Parsed once for each text that somebody keeps.</summary>
    private static readonly ConditionalWeakTable<string, PolicyDocument> Parsed = [];

    /// <summary>Variables such as <c>${aws:username}</c> are text in policies of the older version.</summary>
    public bool HasVariables => Version == "2012-10-17";

    /// <summary>Reads a policy that was checked when it was given.</summary>
    public static PolicyDocument Of(string text) => Parsed.GetValue(text, PolicyReader.Read);
}
