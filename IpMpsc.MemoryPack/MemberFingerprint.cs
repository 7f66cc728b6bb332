using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;
using MemoryPack;

namespace IpMpsc.MemoryPack;

/// <summary>
/// A hash of what two programs must agree on to exchange a type: the members that MemoryPack writes, in their order, or
/// the cases of a union. It looks at the type alone and not at the types of its members: a trimmed program keeps nothing of those.
/// </summary>
internal static class MemberFingerprint
{
    /// <summary>The fingerprint; 0 for a type that MemoryPack knows itself, such as an integer or a list.</summary>
    public static ulong Of([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] Type type)
    {
        StringBuilder text = new();
        foreach (MemoryPackUnionAttribute union in PackedMembers.CasesOf(type))
        {
            text.Append(CultureInfo.InvariantCulture, $"case {union.Tag} {TypeNames.Of(union.Type)}\n");
        }

        switch (type.GetCustomAttribute<MemoryPackableAttribute>(inherit: false)?.GenerateType)
        {
            case GenerateType.Object when text.Length == 0:
                foreach ((string name, Type of) in PackedMembers.Of(type))
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name} {TypeNames.Of(of)}\n");
                }

                break;

            case GenerateType.VersionTolerant or GenerateType.CircularReference:
                text.Append("tolerant\n");
                break;
        }

        return text.Length == 0 ? 0 : Fnv.Of(text.ToString());
    }
}
