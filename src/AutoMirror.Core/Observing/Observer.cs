using AutoMirror.Core.Applying;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Observing;

/// <summary>Reads what a scope needs, in as few round trips as possible, and nothing that the policy does not ask for.</summary>
internal sealed class Observer(IEc2 ec2, Deployment deployment, TimeProvider time)
{
    /// <summary>The inventory of a scope.</summary>
    public async Task<Inventory> ObserveAsync(Scope scope, Setup setup, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var survey = new Survey(ec2, deployment, setup.Policy, cancellationToken);
        await (scope switch
        {
            Scope.Everything => survey.ReadEverythingAsync(),
            Scope.Part part => survey.ReadAsync(part),
            _ => Task.CompletedTask,
        });
        await survey.FollowUpAsync();
        await survey.ReadTagsOfPlacesAsync();

        var inventory = survey.ToInventory(isFullSync: scope is Scope.Everything);
        return inventory with { Now = now, Filters = await ForeignFilters.ReadAsync(ec2, deployment, setup, inventory.Sessions, cancellationToken) };
    }
}
