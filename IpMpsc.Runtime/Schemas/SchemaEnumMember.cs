namespace IpMpsc.Schemas;

/// <summary>A member of an enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its number.</param>
public sealed record SchemaEnumMember(string Name, Int128 Value)
{
    /// <summary>The member as the schema spells it.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} = {Value}");
}
