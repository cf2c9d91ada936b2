using System.Text.Json.Serialization;

namespace AutoMirror.Cli.Diagnosing;

/// <summary>Something that <c>doctor</c> found.</summary>
/// <param name="Check">What was looked at: a word for programs.</param>
/// <param name="Severity"><c>problem</c>: packets are lost, or will be. <c>unknown</c>: nobody could look. <c>note</c>: good to
/// know.</param>
/// <param name="Message">What is wrong, where, and what to do.</param>
/// <param name="Command">What mends it, or shows more; null where there is no command.</param>
internal sealed record Finding(string Check, string Severity, string Message, string? Command = null)
{
    public const string Problem = "problem", Unknown = "unknown", Note = "note";

    [JsonIgnore]
    public bool IsProblem => Severity == Problem;
}

/// <summary>What <c>doctor</c> prints as JSON.</summary>
/// <param name="Health">What was asked of CloudWatch, and what it cost; null where nobody wanted to know.</param>
internal sealed record DoctorDocument(
    string Region, string? Account, string Deployment, int Problems, IReadOnlyList<Finding> Findings, string? Health);
