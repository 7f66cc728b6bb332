using System.Runtime.InteropServices;

namespace IpMpsc.Receiving;

/// <summary>
/// The receivers in a <see cref="ConsumerSet"/>, and which of them is looked at first. Guarded by the set's lock.
/// </summary>
internal sealed class SetRotation
{
    private readonly List<SetMember> _members = [];
    private int _next;

    public int Count => _members.Count;

    /// <summary>The members; valid until one joins or leaves.</summary>
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

    /// <summary>Removes the members whose receivers were closed. A wait removes its own members when it lets go of them.</summary>
    public void RemoveClosed() => _members.RemoveAll(static member => member.Consumer.IsClosed && !member.IsArmed);

    /// <summary>Looks at each member once, beginning behind the member that was found last.</summary>
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

    /// <summary>Notes that a member was found: the next search looks at the others first.</summary>
    public void Found(SetMember member) => _next = _members.IndexOf(member) + 1;
}
