using System.Text.RegularExpressions;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using AutoMirror.Simulation.Wire;

namespace AutoMirror.Simulation;

/// <summary>The planted bugs that lie between the function and EC2: each overrides what it gets wrong.</summary>
internal static partial class Mutants
{
    public sealed class SkipsPages(History history, CallPath path) : TypedEc2(history, path)
    {
        public override async Task<DescribeTrafficMirrorSessionsResponse> DescribeTrafficMirrorSessionsAsync(
            DescribeTrafficMirrorSessionsRequest request, CancellationToken cancellationToken = default)
        {
            var page = await base.DescribeTrafficMirrorSessionsAsync(request, cancellationToken);
            page.NextToken = null;
            return page;
        }

        public override async Task<DescribeInstancesResponse> DescribeInstancesAsync(
            DescribeInstancesRequest request, CancellationToken cancellationToken = default)
        {
            var page = await base.DescribeInstancesAsync(request, cancellationToken);
            page.NextToken = null;
            return page;
        }
    }

    public sealed partial class TrustsTheEvent(History history, CallPath path) : TypedEc2(history, path)
    {
        public override async Task<DescribeInstancesResponse> DescribeInstancesAsync(
            DescribeInstancesRequest request, CancellationToken cancellationToken = default)
        {
            var page = await base.DescribeInstancesAsync(request, cancellationToken);
            foreach (
                Match told in Told().Matches(
                    (Path.Handling?.Payload ?? "").Replace("\\u0022", "\"", StringComparison.Ordinal)
                        .Replace("\\\"", "\"", StringComparison.Ordinal)))
            {
                foreach (
                    var instance in page.Reservations.SelectMany(each => each.Instances)
                        .Where(each => each.InstanceId == told.Groups[1].Value))
                {
                    instance.State.Name = told.Groups[2].Value;
                }
            }

            return page;
        }

        [GeneratedRegex("\"instance-id\":\"([^\"]+)\",\"state\":\"([^\"]+)\"")]
        private static partial Regex Told();
    }

    public sealed class IgnoresOwners(History history, CallPath path) : TypedEc2(history, path)
    {
        public override async Task<DescribeTrafficMirrorSessionsResponse> DescribeTrafficMirrorSessionsAsync(
            DescribeTrafficMirrorSessionsRequest request, CancellationToken cancellationToken = default)
        {
            var page = await base.DescribeTrafficMirrorSessionsAsync(request, cancellationToken);
            foreach (var session in page.TrafficMirrorSessions)
            {
                session.Tags = [
                    .. (session.Tags ?? []).Where(tag => tag.Key != "automirror:managed-by"), new("automirror:managed-by", "automirror")];
            }

            return page;
        }
    }

    public sealed class ReusesToken(History history, CallPath path) : TypedEc2(history, path)
    {
        public override Task<CreateTrafficMirrorSessionResponse> CreateTrafficMirrorSessionAsync(
            CreateTrafficMirrorSessionRequest request, CancellationToken cancellationToken = default)
        {
            request.ClientToken = request.NetworkInterfaceId;
            return base.CreateTrafficMirrorSessionAsync(request, cancellationToken);
        }
    }

    public sealed class DoesNotRetry(History history, CallPath path) : TypedEc2(history, path)
    {
        protected override async Task<T> CallAsync<T>(string action, List<Filter>? filters, Func<T> work)
        {
            try
            {
                return await base.CallAsync(action, filters, work);
            }
            catch (HttpRequestException cut)
            {
                throw new AmazonEC2Exception(cut.Message, ErrorType.Unknown, "ConnectionClosed", "", System.Net.HttpStatusCode.BadRequest);
            }
        }
    }

    public sealed class CountsTooMany(History history, CallPath path) : TypedEc2(history, path)
    {
        public override async Task<DescribeTrafficMirrorSessionsResponse> DescribeTrafficMirrorSessionsAsync(
            DescribeTrafficMirrorSessionsRequest request, CancellationToken cancellationToken = default)
        {
            var page = await base.DescribeTrafficMirrorSessionsAsync(request, cancellationToken);
            if (request.Filters is null or [] && request.NextToken is null)
            {
                foreach (
                    var (index, target) in History.Cloud.Ec2.Targets.Table.Current.Values.SelectMany(
                        target => Enumerable.Repeat(target, 10))
                        .Index())
                {
                    page.TrafficMirrorSessions.Add(new TrafficMirrorSession
                    {
                        TrafficMirrorSessionId =
                            $"tms-phantom{index}", NetworkInterfaceId =
                                $"eni-phantom{index}", TrafficMirrorTargetId =
                                    target.Id, TrafficMirrorFilterId = "tmf-0", SessionNumber = 1,
                    });
                }
            }

            return page;
        }
    }

    public sealed class NeedsNoEvidence(History history, CallPath path) : TypedEc2(history, path)
    {
        public override async Task<DescribeNetworkInterfacesResponse> DescribeNetworkInterfacesAsync(
            DescribeNetworkInterfacesRequest request, CancellationToken cancellationToken = default)
        {
            var page = await base.DescribeNetworkInterfacesAsync(request, cancellationToken);
            foreach (var networkInterface in page.NetworkInterfaces)
                networkInterface.Attachment = null;
            return page;
        }
    }

    public sealed class HidesTags(History history, CallPath path) : TypedEc2(history, path)
    {
        public override async Task<DescribeInstancesResponse> DescribeInstancesAsync(
            DescribeInstancesRequest request, CancellationToken cancellationToken = default)
        {
            var page = await base.DescribeInstancesAsync(request, cancellationToken);
            foreach (var instance in page.Reservations.SelectMany(each => each.Instances))
                instance.Tags = null;
            return page;
        }
    }

    public sealed class ReadsOnce(History history, CallPath path) : TypedEc2(history, path)
    {
        private readonly Dictionary<string, DescribeTrafficMirrorSessionsResponse> _remembered = [];

        public override async Task<DescribeTrafficMirrorSessionsResponse> DescribeTrafficMirrorSessionsAsync(
            DescribeTrafficMirrorSessionsRequest request, CancellationToken cancellationToken = default)
        {
            var asked = $"{string.Join(
                ' ', (request.Filters ?? []).Select(filter => $"{filter.Name}={string.Join(',', filter.Values)}"))} {request.NextToken}";
            if (!_remembered.TryGetValue(asked, out var page))
                _remembered[asked] = page = await base.DescribeTrafficMirrorSessionsAsync(request, cancellationToken);
            return page;
        }
    }

    public sealed class SeesFirstInterface(History history, CallPath path) : TypedEc2(history, path)
    {
        public override async Task<DescribeInstancesResponse> DescribeInstancesAsync(
            DescribeInstancesRequest request, CancellationToken cancellationToken = default)
        {
            var page = await base.DescribeInstancesAsync(request, cancellationToken);
            foreach (var instance in page.Reservations.SelectMany(each => each.Instances))
                instance.NetworkInterfaces = [.. instance.NetworkInterfaces.Take(1)];
            return page;
        }
    }
}
