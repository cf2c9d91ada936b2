using System.Diagnostics;
using System.Globalization;
using AutoMirror.Core.Events;

namespace AutoMirror.Core.Reporting;

/// <summary>A scope in words, for a log line.</summary>
internal static class ScopeText
{
    public static string Of(Scope scope) => scope switch
    {
        Scope.Everything => "everything",
        Scope.Nothing nothing => $"nothing to do: {nothing.Reason}",
        Scope.Later later => $"a full sync from {later.At.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)} covers it",
        Scope.Part part => string.Join(", ",
        [
            .. Names(part.Instances, "instances"), .. Names(part.NetworkInterfaces, "interfaces"), .. Names(part.Subnets, "subnets"),
            .. Names(part.Vpcs, "VPCs"), .. Names(part.Sessions, "sessions"), .. Names(part.Targets, "targets"),
        ]),
        _ => throw new UnreachableException(),
    };

    private static IEnumerable<string> Names<T>(IReadOnlyCollection<T> ids, string plural) => ids.Count switch
    {
        0 => [],
        1 => [$"{ids.First()}"],
        _ => [$"{ids.Count} {plural}"],
    };
}
