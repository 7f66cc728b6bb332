using System.Runtime.InteropServices;

namespace IpMpsc.Receiving;

/// <summary>
/// The receivers in a <see cref="ConsumerSet"/>, and whose turn it is to be looked at first. The set's lock
/// guards it.
/// </summary>
internal sealed class SetRotation
{
    private readonly List<SetMember> _members = [];
    private int _next;

    public int Count => _members.Count;

    /// <summary>The members, until one joins or leaves.</summary>
    public ReadOnlySpan<SetMember> All => CollectionsMarshal.AsSpan(_members);

    /// <summary>The member of a receiver; null if it is not in the set.</summary>
    public SetMember? Find(object receiver) => _members.Find(member => member.Receiver == receiver);

    public bool Contains(SetMember member) => _members.Contains(member);

    public void Add(SetMember member) => _members.Add(member);

    /// <summary>Removes a member; the turns of the others stay as they are.</summary>
    public void Remove(SetMember member)
    {
        int index = _members.IndexOf(member);
        _members.RemoveAt(index);
        _next -= index < _next ? 1 : 0;
    }

    /// <summary>Removes the members whose receivers were closed, but for those a wait looks after: it removes them when it lets go of them.</summary>
    public void RemoveClosed() => _members.RemoveAll(static member => member.Ring.IsClosed && !member.IsArmed);

    /// <summary>One look at each member, from the one behind the last that was found.</summary>
    public SetMember? FindReady()
    {
        RemoveClosed();
        ReadOnlySpan<SetMember> members = All;
        for (int looked = 0; looked < members.Length; looked++)
        {
            _next = _next < members.Length ? _next : 0;
            SetMember member = members[_next++];
            if (member.IsReady())
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>Notes that a member was found: the others come first now.</summary>
    public void Found(SetMember member) => _next = _members.IndexOf(member) + 1;
}
