using System.CommandLine;

namespace AutoMirror.Cli.Printing;

/// <summary>How a verb answers.</summary>
internal sealed class OutputOptions
{
    private const int UsualRows = 50;

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON document." };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print nothing: the exit code is the answer." };

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "How many rows of a table to print at the most; 0 prints all. JSON always has all.",
        DefaultValueFactory = _ => UsualRows,
        HelpName = "ROWS",
    };

    public OutputOptions() => _limit.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 0)
            result.AddError("--limit takes a number of rows, 0 for all.");
    });

    /// <summary>Gives a verb these options.</summary>
    /// <param name="hasTables">Whether the verb prints tables, which can be long.</param>
    public void AddTo(Command verb, bool hasTables = true)
    {
        verb.Add(_json);
        verb.Add(_quiet);
        if (hasTables)
            verb.Add(_limit);
    }

    /// <summary>Prints an answer the way that was asked for.</summary>
    public void Print<T>(ParseResult parsed, T document, Action<Page, int> write)
    {
        if (parsed.GetValue(_quiet))
            return;
        if (parsed.GetValue(_json))
            Json.Write(document);
        else
            write(Page.OfConsole(), parsed.GetValue(_limit) is > 0 and var limit ? limit : int.MaxValue);
    }

    /// <summary>Whether a JSON document is wanted.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Whether only the answer itself is wanted, and no progress.</summary>
    public bool IsQuiet(ParseResult parsed) => parsed.GetValue(_quiet);
}
