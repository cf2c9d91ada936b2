using System.Globalization;

namespace AutoMirror.Simulation;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Usage = """
        --seeds N         run N histories on all cores (1000)
        --from N          the first seed (1)
        --seed N          run this one, and tell it
        --keep 1,4,9      of that one, keep only these steps
        --without a,b     of that one, leave these faults out
        --mutant NAME     plant this bug
        --wire            through the real SDK, HTTP and XML
        --mutants         plant each bug in turn, and say how many histories it takes to find it
        --minutes N       stop after so many minutes
        """;

    public int Seeds { get; init; } = 1000;

    public int From { get; init; } = 1;

    public int? Seed { get; init; }

    public IReadOnlySet<int>? Keep { get; init; }

    public IReadOnlyList<string> Without { get; init; } = [];

    public string? Mutant { get; init; }

    public bool Mutants { get; init; }

    public bool Wire { get; init; }

    public double? Minutes { get; init; }

    public Simulation.Wire.Transport Transport => Wire ? Simulation.Wire.Transport.Wire : Simulation.Wire.Transport.Typed;

    public static Options? Read(string[] arguments)
    {
        var options = new Options();
        for (var index = 0; index < arguments.Length; index++)
        {
            if (arguments[index] == "--mutants")
            {
                options = options with { Mutants = true };
                continue;
            }

            if (arguments[index] == "--wire")
            {
                options = options with { Wire = true };
                continue;
            }

            if (index + 1 == arguments.Length)
                return null;
            var value = arguments[++index];
            int Number() => int.Parse(value, CultureInfo.InvariantCulture);
            Options? next = arguments[index - 1] switch
            {
                "--seeds" => options with { Seeds = Number() },
                "--from" => options with { From = Number() },
                "--seed" => options with { Seed = Number() },
                "--keep" =>
                    options with
                    {
                        Keep = value == "none"
                            ? []
                            : value.Split(',', StringSplitOptions.RemoveEmptyEntries)
                            .Select(each => int.Parse(each, CultureInfo.InvariantCulture)).ToHashSet(),
                    },
                "--without" => options with { Without = value.Split(',', StringSplitOptions.RemoveEmptyEntries) },
                "--mutant" => options with { Mutant = value },
                "--minutes" => options with { Minutes = double.Parse(value, CultureInfo.InvariantCulture) },
                _ => null,
            };
            if (next is null)
                return null;
            options = next;
        }

        return options;
    }
}
