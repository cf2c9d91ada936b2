using Amazon.EC2;
using Amazon.EC2.Model;
using AutoMirror.Simulation.Wire;

namespace AutoMirror.Simulation;

/// <summary>The planted bugs in what the function asks EC2 to change.</summary>
internal static partial class Mutants
{
    public sealed class DoesNotDelete(History history, CallPath path) : TypedEc2(history, path)
    {
        public override Task<DeleteTrafficMirrorSessionResponse> DeleteTrafficMirrorSessionAsync(
            DeleteTrafficMirrorSessionRequest request, CancellationToken cancellationToken = default) =>
            CallAsync("DeleteTrafficMirrorSession", null, () => new DeleteTrafficMirrorSessionResponse());
    }

    public sealed class TakesNextNumber(History history, CallPath path) : TypedEc2(history, path)
    {
        public override async Task<CreateTrafficMirrorSessionResponse> CreateTrafficMirrorSessionAsync(
            CreateTrafficMirrorSessionRequest request, CancellationToken cancellationToken = default)
        {
            while (true)
            {
                try
                {
                    return await base.CreateTrafficMirrorSessionAsync(request, cancellationToken);
                }
                catch (AmazonEC2Exception taken) when (taken.Message.Contains("already being used", StringComparison.Ordinal))
                {
                    request.SessionNumber++;
                    request.ClientToken += request.SessionNumber;
                }
            }
        }
    }

    public sealed class MakesUntagged(History history, CallPath path) : TypedEc2(history, path)
    {
        public override Task<CreateTrafficMirrorSessionResponse> CreateTrafficMirrorSessionAsync(
            CreateTrafficMirrorSessionRequest request, CancellationToken cancellationToken = default)
        {
            request.TagSpecifications = [];
            return base.CreateTrafficMirrorSessionAsync(request, cancellationToken);
        }
    }

    public sealed class MakesUndescribed(History history, CallPath path) : TypedEc2(history, path)
    {
        public override Task<CreateTrafficMirrorSessionResponse> CreateTrafficMirrorSessionAsync(
            CreateTrafficMirrorSessionRequest request, CancellationToken cancellationToken = default)
        {
            request.Description = null;
            return base.CreateTrafficMirrorSessionAsync(request, cancellationToken);
        }
    }

    public sealed class KeepsPacketLength(History history, CallPath path) : TypedEc2(history, path)
    {
        public override Task<ModifyTrafficMirrorSessionResponse> ModifyTrafficMirrorSessionAsync(
            ModifyTrafficMirrorSessionRequest request, CancellationToken cancellationToken = default)
        {
            request.RemoveFields = null;
            return base.ModifyTrafficMirrorSessionAsync(request, cancellationToken);
        }
    }

    public sealed class TakesAnyTarget(History history, CallPath path) : TypedEc2(history, path)
    {
        public override Task<CreateTrafficMirrorSessionResponse> CreateTrafficMirrorSessionAsync(
            CreateTrafficMirrorSessionRequest request, CancellationToken cancellationToken = default)
        {
            request.TrafficMirrorTargetId = History.Cloud.Ec2.Targets.Table.Current.Values.First().Id;
            return base.CreateTrafficMirrorSessionAsync(request, cancellationToken);
        }
    }

    public sealed class DoesNotRetag(History history, CallPath path) : TypedEc2(history, path)
    {
        public override Task<CreateTagsResponse> CreateTagsAsync(
            CreateTagsRequest request, CancellationToken cancellationToken = default) =>
            CallAsync("CreateTags", null, () => new CreateTagsResponse());
    }

    public sealed class LosesARule(History history, CallPath path) : TypedEc2(history, path)
    {
        public override async Task<CreateTrafficMirrorSessionResponse> CreateTrafficMirrorSessionAsync(
            CreateTrafficMirrorSessionRequest request, CancellationToken cancellationToken = default)
        {
            var response = await base.CreateTrafficMirrorSessionAsync(request, cancellationToken);
            var rules = History.Cloud.Ec2.Filters.RuleTable.Where("traffic-mirror-filter-id", request.TrafficMirrorFilterId);
            if (rules.Count > 1)
                History.Cloud.Ec2.Filters.DeleteRule(rules[^1].Id);
            return response;
        }
    }

    public sealed class TakesHighNumber(History history, CallPath path) : TypedEc2(history, path)
    {
        public override Task<CreateTrafficMirrorSessionResponse> CreateTrafficMirrorSessionAsync(
            CreateTrafficMirrorSessionRequest request, CancellationToken cancellationToken = default)
        {
            request.SessionNumber += 10;
            return base.CreateTrafficMirrorSessionAsync(request, cancellationToken);
        }

        public override Task<ModifyTrafficMirrorSessionResponse> ModifyTrafficMirrorSessionAsync(
            ModifyTrafficMirrorSessionRequest request, CancellationToken cancellationToken = default)
        {
            request.SessionNumber = null;
            return base.ModifyTrafficMirrorSessionAsync(request, cancellationToken);
        }
    }
}
