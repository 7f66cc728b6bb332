using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using MemoryPack;

namespace IpMpsc.MemoryPack;

/// <summary>What MemoryPack writes of a type, by the rules of its generator.</summary>
internal static class PackedMembers
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Name and type of each member in their order, those of base types first.</summary>
    public static IEnumerable<(string Name, Type Type)> Of([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] Type type)
    {
        // The trimmer keeps the members of the base types of what is annotated, too.
        IEnumerable<(string Name, Type Type)> inherited =
            type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? Of(parent) : [];
        return inherited.Concat(
            from member in type.GetMembers(Declared)
            where IsWritten(member)
            select (member.Name, member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType));
    }

    /// <summary>The cases of a union, by their tags.</summary>
    public static IEnumerable<MemoryPackUnionAttribute> CasesOf(Type type) =>
        type.GetCustomAttributes<MemoryPackUnionAttribute>(inherit: false).OrderBy(union => union.Tag);

    /// <summary>Public properties and fields, and others that are included; not those that are ignored.</summary>
    private static bool IsWritten(MemberInfo member)
    {
        bool isPublic = member switch
        {
            FieldInfo field => field.IsPublic,
            PropertyInfo property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0,
            _ => false,
        };
        return member is FieldInfo or PropertyInfo
            && (isPublic || member.IsDefined(typeof(MemoryPackIncludeAttribute), inherit: false))
            && !member.IsDefined(typeof(MemoryPackIgnoreAttribute), inherit: false);
    }
}
