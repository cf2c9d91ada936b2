using System.CommandLine;
using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Diagnosing;
using AutoMirror.Cli.Health;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Events;

namespace AutoMirror.Cli;

/// <summary><c>automirror doctor</c>: what would drop packets on their way to the sensors.</summary>
internal static class DoctorCommand
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var health = new Option<bool>("--health")
        {
            Description = "Also ask CloudWatch whether copies left each mirrored instance, as status does. CloudWatch bills it.",
        };
        var role = new Option<string?>("--role")
        {
            Description = "The function's role, whose permissions are asked of IAM. Else DEPLOYMENT-REGION, as the templates call it.",
            HelpName = "NAME|ARN",
        };
        var (source, output) = (new SourceOptions(), new OutputOptions());
        var verb = new Verb(
            "doctor",
            "Follows the way from the mirrored interfaces to the sensors, and says what drops packets there: security groups, network "
                + "ACLs, routes, load balancers, filters, sessions of others, sensors that are out, permissions. Exits with 3 when it "
                + "finds problems.");
        verb.Add(health);
        verb.Add(role);
        output.AddTo(verb);
        source.AddTo(verb);
        verb.Examples.AddRange(
        [
            ("automirror doctor --profile prod", "problems first, then what could not be looked at, then what is good to know"),
            ("automirror doctor --json | jq '.findings[] | select(.severity == \"problem\")'", "for a program"),
            ("automirror doctor --from recorded/", "the same of a recorded account"),
        ]);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var account = await source.OpenAsync(parsed, cancellationToken);
            var copies = parsed.GetValue(health) ? await MirrorStatus.WithHealthAsync(account, cancellationToken) : null;
            List<Finding> findings =
            [
                .. ((Finding[])[
                    .. copies is null ? [] : HealthChecks.Of(copies),
                    .. await ExamineAsync(account, parsed.GetValue(role), cancellationToken),
                ]).OrderBy(Rank),
            ];
            var settings = account.Settings;
            var document = new DoctorDocument(
                settings.Region, settings.Account, settings.Deployment.Name, findings.Count(finding => finding.IsProblem), findings,
                copies?.Health is { } reading ? HealthText.About(reading) : null);
            output.Print(parsed, document, (page, limit) => Write(page, document, limit));
            return document.Problems > 0 ? CommandLine.IsSo : CommandLine.Success;
        });
        return verb;
    }

    private static async Task<IReadOnlyList<Finding>> ExamineAsync(
        IAccountSource account, string? role, CancellationToken cancellationToken)
    {
        Look look;
        try
        {
            look = await Look.AtAsync(account, new Scope.Everything(), new Dictionary<string, string>(), cancellationToken);
        }
        catch (CommandException problem)
        {
            return [new Finding("configuration", Finding.Problem, problem.Message, "automirror setup")];
        }

        using var http = SignedService.NewClient(LongestAnswer);
        var connection = (account as LiveAccount)?.Connection;
        var balancing = connection is null ? null : QueryService.LoadBalancing(connection, http);
        return
        [
            .. ((IReadOnlyList<Finding>[])[
                await SessionChecks.RunAsync(look, cancellationToken), await PathChecks.RunAsync(look, cancellationToken),
                await new LoadBalancerChecks(balancing).RunAsync(look, cancellationToken),
                await PermissionChecks.RunAsync(look, cancellationToken),
                connection is null
                    ? []
                    : await new RoleChecks(QueryService.Iam(connection, http), account.Settings).RunAsync(role, look, cancellationToken),
            ]).SelectMany(findings => findings),
        ];
    }

    private static int Rank(Finding finding) => finding.Severity switch
    {
        Finding.Problem => 0,
        Finding.Unknown => 1,
        _ => 2,
    };

    private static void Write(Page page, DoctorDocument document, int limit)
    {
        foreach (var group in document.Findings.GroupBy(finding => finding.Severity))
        {
            page.Heading(group.Key switch
            {
                Finding.Problem => "Problems",
                Finding.Unknown => "Could not be looked at",
                _ => "Good to know",
            });
            foreach (var finding in group.Take(limit))
            {
                if (finding.IsProblem)
                    page.Mark(false, $"{finding.Check}: {finding.Message}");
                else
                    page.Note($"{finding.Check}: {finding.Message}");
                if (finding.Command is { } command)
                    page.Note(command, depth: 2);
            }
        }

        page.Line();
        page.Mark(document.Problems == 0, document.Problems switch
        {
            0 => "Nothing was found that drops packets.",
            1 => "1 problem was found.",
            var count => $"{count} problems were found.",
        });
        if (document.Health is { } health)
            page.Line(health);
    }
}
