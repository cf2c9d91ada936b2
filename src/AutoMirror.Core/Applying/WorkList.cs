using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Applying;

/// <summary>The changes of one kind that wait to be carried out, in an order that keeps invocations out of each other's way.</summary>
/// <remarks>
/// Two invocations can hold the same instances for minutes: a launch sends both <c>pending</c> and <c>running</c>. Changes are ordered on a
/// hash ring, the same for all, and each invocation starts at its own point. On a collision it describes what is left (200 interfaces a
/// call), skips what is done, and jumps half-way round the rest. A create that somebody else has done would cost one of the five that EC2
/// takes in a second.
/// </remarks>
internal sealed class WorkList
{
    private static readonly TimeSpan LeastBetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Queue<(int Index, Change Change)> _left;
    private bool _hasCollided;
    private DateTimeOffset _lookedAt;

    public WorkList(IEnumerable<Change> changes, string requestId, DateTimeOffset plannedAt)
    {
        var ring = changes.Index().Select(entry => (Place: Place(entry.Item.NetworkInterfaceId.Value), Entry: (entry.Index, entry.Item)))
            .OrderBy(each => each.Place).ToList();
        var start = Place(requestId);
        _left = new(
            [.. ring.SkipWhile(each => each.Place < start).Concat(ring.TakeWhile(each => each.Place < start)).Select(each => each.Entry)]);
        _lookedAt = plannedAt;
    }

    /// <summary>The sessions that the last look saw; null before the first.</summary>
    public ILookup<Id<NetworkInterface>, TrafficMirrorSession>? Seen { get; private set; }

    public (int Index, Change Change)? TryTake()
    {
        lock (_gate)
            return _left.TryDequeue(out var next) ? next : null;
    }

    /// <summary>Somebody else has done what was to be done.</summary>
    public void Collided()
    {
        lock (_gate)
            _hasCollided = true;
    }

    /// <summary>Whether it is time for a look, and at which interfaces: one caller looks, the others go on.</summary>
    public bool TryBeginLook(DateTimeOffset now, out IReadOnlyList<Id<NetworkInterface>> ids)
    {
        lock (_gate)
        {
            ids = [];
            if (!_hasCollided || now - _lookedAt < LeastBetweenLooks)
                return false;
            (_hasCollided, _lookedAt) = (false, now);
            ids = [.. _left.Select(entry => entry.Change.NetworkInterfaceId)];
            return true;
        }
    }

    /// <summary>What a look saw: what is done comes first, since it costs nothing; what is not goes on from half-way.</summary>
    public void Look(ILookup<Id<NetworkInterface>, TrafficMirrorSession> seen)
    {
        lock (_gate)
        {
            Seen = seen;
            var open = _left.Where(entry => !seen.Contains(entry.Change.NetworkInterfaceId)).ToList();
            _left = new(
            [
                .. _left.Where(entry => seen.Contains(entry.Change.NetworkInterfaceId)),
                .. open.Skip(open.Count / 2),
                .. open.Take(open.Count / 2),
            ]);
        }
    }

    private static ulong Place(string text) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
