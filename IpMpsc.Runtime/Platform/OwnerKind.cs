namespace IpMpsc.Platform;

/// <summary>Which owners an <see cref="OwnerRule"/> covers.</summary>
internal enum OwnerKind
{
    /// <summary>The user of this process.</summary>
    Self,

    /// <summary>The user with the rule's name.</summary>
    User,

    /// <summary>Every member of the group with the rule's name.</summary>
    Group,
}
