using System.CommandLine;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Snapshots;

/// <summary>The options that say where to look: everything, or instances, VPCs and subnets.</summary>
internal sealed class ScopeOptions
{
    private readonly Option<string[]> _instances = Of("--instance", "i-…", "Only this instance, with all its interfaces. Can be repeated.");
    private readonly Option<string[]> _vpcs = Of("--vpc", "vpc-…", "Only this VPC. Can be repeated.");
    private readonly Option<string[]> _subnets = Of("--subnet", "subnet-…", "Only this subnet. Can be repeated.");

    public ScopeOptions()
    {
        Check<Instance>(_instances);
        Check<Vpc>(_vpcs);
        Check<Subnet>(_subnets);
    }

    /// <summary>Gives a verb these options.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_instances);
        verb.Add(_vpcs);
        verb.Add(_subnets);
    }

    /// <summary>Where to look.</summary>
    public Scope Read(ParseResult parsed)
    {
        var part = new Scope.Part
        {
            Instances = [.. (parsed.GetValue(_instances) ?? []).Select(Id<Instance>.Parse)],
            Vpcs = [.. (parsed.GetValue(_vpcs) ?? []).Select(Id<Vpc>.Parse)],
            Subnets = [.. (parsed.GetValue(_subnets) ?? []).Select(Id<Subnet>.Parse)],
        };
        return part.Instances.Count + part.Vpcs.Count + part.Subnets.Count == 0 ? new Scope.Everything() : part;
    }

    private static Option<string[]> Of(string name, string form, string description) =>
        new(name) { Description = description, HelpName = form };

    private static void Check<T>(Option<string[]> option)
        where T : IEc2Resource => option.Validators.Add(result =>
    {
        foreach (var id in result.GetValueOrDefault<string[]>() ?? [])
        {
            if (Id<T>.TryParse(id) is null)
                result.AddError($"{option.Name} takes an id of the form {T.IdPrefix}…, and not '{id}'.");
        }
    });
}
