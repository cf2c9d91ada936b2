using AutoMirror.Cli.Snapshots;

namespace AutoMirror.Cli.Pages;

/// <summary>When and from where a page or a piece of evidence was made, so that it can be judged later and elsewhere.</summary>
/// <param name="SeenAt">The time of what it shows: now, or when the account was recorded.</param>
/// <param name="MadeAt">When it was written.</param>
/// <param name="From">Where the account was read.</param>
/// <param name="Build">The tool's version, with the commit that it was built from.</param>
internal sealed record Origin(DateTimeOffset SeenAt, DateTimeOffset MadeAt, string From, string Build)
{
    public static Origin Of(IAccountSource source, TimeProvider time) => new(
        source.Time.GetUtcNow(), time.GetUtcNow(),
        source switch
        {
            RecordedAccount recorded => $"the recording {recorded.Folder}",
            LiveAccount { Connection.Settings.Ec2Endpoint: { } endpoint } => $"EC2 at {endpoint.GetLeftPart(UriPartial.Authority)}",
            _ => $"EC2 in {source.Settings.Region}",
        },
        $"automirror {Core.Model.Build.Own}");
}
