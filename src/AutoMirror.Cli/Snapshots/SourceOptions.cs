using System.CommandLine;
using AutoMirror.Aws.Hosting;
using AutoMirror.Cli.Connecting;

namespace AutoMirror.Cli.Snapshots;

/// <summary>The options of a verb that only reads: an account in AWS, or a recorded one.</summary>
internal sealed class SourceOptions
{
    private readonly AwsOptions _aws = new();

    private readonly Option<string?> _from = new("--from")
    {
        Description = "Read a recorded account instead of AWS: a folder with the JSON answers of the aws CLI (automirror record).",
        HelpName = "DIR",
    };

    /// <summary>Gives a verb these options.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_from);
        _aws.AddTo(verb);
    }

    /// <summary>Whether an account is named at all: a recording, or a Region or a profile in AWS.</summary>
    public bool IsNamed(ParseResult parsed) => IsRecorded(parsed) || _aws.Read(parsed) is var variables
        && (variables.TypedProfile ?? variables["AWS_PROFILE"] ?? variables[Variables.Region]
            ?? variables["AWS_DEFAULT_REGION"]) is not null;

    /// <summary>Whether a recorded account is named.</summary>
    public bool IsRecorded(ParseResult parsed) => parsed.GetValue(_from) is not null;

    /// <summary>Opens what was named.</summary>
    public async Task<IAccountSource> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var variables = _aws.Read(parsed);
        if (parsed.GetValue(_from) is not { } folder)
            return await LiveAccount.OpenAsync(variables, cancellationToken);
        variables.Fall(Variables.Region, "us-east-1");
        var errors = new List<string>();
        var settings = Settings.Read(name => variables[name], errors);
        return errors.Count == 0 ? RecordedAccount.Open(folder, settings.ForDeployment)
            : throw new CommandException(string.Join("; ", errors));
    }
}
