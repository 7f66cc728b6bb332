using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Architecture;

/// <summary>What IpMpsc.Explorer.Tests puts into its own build of the library's sources is not in the library.</summary>
public sealed class ShippedLibraryTests
{
    private const string Symbol = "IPMPSC_EXPLORE";

    [Test]
    public void NoMethodBodyCallsTheExplorer()
    {
        using FileStream stream = File.OpenRead(typeof(ByteSender).Assembly.Location);
        using PEReader reader = new(stream);
        MetadataReader metadata = reader.GetMetadataReader();
        MethodDefinitionHandle seam = metadata.MethodDefinitions.Single(
            handle => metadata.GetString(metadata.GetMethodDefinition(handle).Name) == "BeforePayload");

        int bodies = 0;
        byte[] call = [0x28, .. BitConverter.GetBytes(MetadataTokens.GetToken(seam))];
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress != 0)
            {
                bodies++;
                byte[] code = reader.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!;
                Assert.That(code.AsSpan().IndexOf(call), Is.Negative, metadata.GetString(method.Name));
            }
        }

        Assert.That(bodies, Is.GreaterThan(1_000));
    }

    [Test]
    public void NoTypeOfTheExplorerIsKnown()
    {
        using FileStream stream = File.OpenRead(typeof(ByteSender).Assembly.Location);
        using PEReader reader = new(stream);
        MetadataReader metadata = reader.GetMetadataReader();
        IEnumerable<string> names = metadata.TypeDefinitions.Select(handle => metadata.GetTypeDefinition(handle))
            .Select(type => metadata.GetString(type.Namespace))
            .Concat(metadata.TypeReferences.Select(handle => metadata.GetTypeReference(handle)).Select(type => metadata.GetString(type.Namespace)));

        Assert.That(names.Distinct(), Has.No.Member("Exploring").And.None.StartsWith("Exploring."));
    }

    /// <summary>The constants and calls that differ are few, and each place is known.</summary>
    [Test]
    public void OnlyTheseFilesDifferForTheExplorer()
    {
        string[] files = [.. Repository.SourcesOf("IpMpsc.Runtime").Where(path => File.ReadAllText(path).Contains(Symbol)).Select(Path.GetFileName).Order()!];

        Assert.That(files, Is.EqualTo(new[] { "HostPlatform.cs", "SharedWord.cs", "Waiter.cs" }));
    }
}
