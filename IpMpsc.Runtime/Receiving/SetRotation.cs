using System.Runtime.InteropServices;

namespace IpMpsc.Receiving;

/// <summary>
/// The receivers in a <see cref="ConsumerSet"/>, and which of them is looked at first. Guarded by the set's lock.
/// </summary>
internal sealed class SetRotation
{
    private readonly List<SetMember> _members = [];
    private readonly Dictionary<object, SetMember> _byReceiver = new(ReferenceEqualityComparer.Instance);
    private int _next;

    public int Count => _members.Count;

    /// <summary>The members; valid until one joins or leaves.</summary>
    public ReadOnlySpan<SetMember> All => CollectionsMarshal.AsSpan(_members);

    /// <summary>The member of a receiver; null if it is not in the set.</summary>
    public SetMember? Find(object receiver) => _byReceiver.GetValueOrDefault(receiver);

    public bool Contains(SetMember member) => Find(member.Receiver) == member;

    public void Add(SetMember member)
    {
        _members.Add(member);
        _byReceiver.Add(member.Receiver, member);
    }

    /// <summary>Removes a member; the turns of the others stay as they are.</summary>
    public void Remove(SetMember member)
    {
        int index = _members.IndexOf(member);
        _members.RemoveAt(index);
        _byReceiver.Remove(member.Receiver);
        _next -= index < _next ? 1 : 0;
    }

    /// <summary>Removes the members whose receivers were closed. A wait removes its own members when it lets go of them.</summary>
    public void RemoveClosed()
    {
        for (int index = _members.Count - 1; index >= 0; index--)
        {
            if (_members[index] is { Consumer.IsClosed: true, IsArmed: false } closed)
            {
                Remove(closed);
            }
        }
    }

    /// <summary>Looks at each member once, beginning behind the member that was found last.</summary>
    public SetMember? FindReady()
    {
        ReadOnlySpan<SetMember> members = All;
        bool anyClosed = false;
        SetMember? found = null;
        for (int looked = 0; looked < members.Length && found is null; looked++)
        {
            _next = _next < members.Length ? _next : 0;
            SetMember member = members[_next++];
            found = member.IsReady() ? member : null;
            anyClosed |= found is null && member.Consumer.IsClosed;
        }

        if (anyClosed)
        {
            RemoveClosed();
        }

        return found;
    }

    /// <summary>Notes that a member was found: the next search looks at the others first.</summary>
    public void Found(SetMember member) => _next = _members.IndexOf(member) + 1;
}
