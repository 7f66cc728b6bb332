using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Documentation;

/// <summary>A project that references nothing but the package gets the library, the generator and the analyzers.</summary>
[Category("Package")]
[CancelAfter(120_000)]
public sealed class PackageTests
{
    // The kind of debug information that holds the text of a file, in the format of portable symbols.
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private DirectoryInfo _directory = null!;

    [OneTimeSetUp]
    public async Task PackTheLibrary()
    {
        _directory = Directory.CreateTempSubdirectory("ipmpsc-package-");
        (int exitCode, string output, string errors) = await DotnetCommand.RunAsync(
            Repository.Root, "pack", "IpMpsc.Runtime", "--no-build", "--configuration", Repository.Configuration, "--output", _directory.FullName);
        Assert.That(exitCode, Is.Zero, output + errors);
    }

    [OneTimeTearDown]
    public void DeleteDirectory() => _directory.Delete(recursive: true);

    [Test]
    public async Task ProgramOfOneFileRuns()
    {
        string project = WriteProject("runs", """
            using IpMpsc;

            using Receiver<Quote> receiver = Receiver<Quote>.CreateTemporary();
            using Sender<Quote> sender = Sender<Quote>.Open(receiver.Path);
            sender.Send(new Quote { Bid = 1.5, Symbol = "ABC" });
            using ReceivedMessage<Quote> message = receiver.ReceiveInPlace();
            System.Console.WriteLine($"{message.View.GetSymbolString()} {message.View.Bid}");

            [ChannelMessage]
            public partial struct Quote
            {
                public double Bid;
                public string Symbol;
            }
            """);

        (int exitCode, string output, string errors) = await DotnetCommand.RunAsync(project, "run");

        Assert.That(exitCode, Is.Zero, output + errors);
        Assert.That(output + errors, Does.Contain("ABC 1.5"));
    }

    [Test]
    public async Task MessageThatCannotBeOneDoesNotCompile()
    {
        string project = WriteProject("refuses", """
            [IpMpsc.ChannelMessage]
            public partial struct Quote
            {
                public object Symbol;
            }
            """);

        (int exitCode, string output, string errors) = await DotnetCommand.RunAsync(project, "build");

        Assert.That(exitCode, Is.Not.Zero, output + errors);
        Assert.That(output + errors, Does.Contain("error IPM0004"));
    }

    [Test]
    public void LinksOfItsReadmeLeadToTheRepository()
    {
        using ZipArchive package = OpenPackage();
        PackedDocument.Verify(package, "README.md");
    }

    [Test]
    public void LibraryBringsItsDocumentationSymbolsAndSources()
    {
        using ZipArchive package = OpenPackage();
        using StreamReader documentation = new(package.GetEntry("lib/net10.0/IpMpsc.Runtime.xml")!.Open());
        Assert.That(documentation.ReadToEnd(), Does.Contain("M:IpMpsc.Receiver`1.OpenOrCreate("));
        Assert.That(EmbeddedSources(package).Select(Path.GetFileName), Does.Contain("RingProducer.cs"));
    }

    [Test]
    public void NothingInItNamesADirectoryOfItsBuild()
    {
        if (Repository.Configuration != "Release")
        {
            Assert.Ignore("Debug builds name the sources that a debugger is to show: run this with -c Release.");
        }

        using ZipArchive package = OpenPackage();
        Assert.That(EmbeddedSources(package), Has.All.StartWith("/_/IpMpsc.Runtime/"));
        foreach (ZipArchiveEntry entry in package.Entries)
        {
            using StreamReader reader = new(entry.Open(), Encoding.Latin1);
            Assert.That(reader.ReadToEnd(), Does.Not.Contain(Repository.Root), entry.FullName);
        }
    }

    private ZipArchive OpenPackage() => ZipFile.OpenRead(_directory.GetFiles("IpMpsc.*.nupkg").Single().FullName);

    /// <summary>The paths of the sources that lie in the library.</summary>
    private static string[] EmbeddedSources(ZipArchive package)
    {
        using MemoryStream library = new();
        package.GetEntry("lib/net10.0/IpMpsc.Runtime.dll")!.Open().CopyTo(library);
        library.Position = 0;
        using PEReader image = new(library);
        DebugDirectoryEntry symbols = image.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using MetadataReaderProvider provider = image.ReadEmbeddedPortablePdbDebugDirectoryData(symbols);
        MetadataReader reader = provider.GetMetadataReader();
        return
        [
            .. from handle in reader.CustomDebugInformation
               let information = reader.GetCustomDebugInformation(handle)
               where reader.GetGuid(information.Kind) == s_embeddedSource
               let document = reader.GetDocument((DocumentHandle)information.Parent)
               select reader.GetString(document.Name),
        ];
    }

    /// <summary>Its packages go to a folder of its own: a cached package of the same version would be an older one.</summary>
    private string WriteProject(string name, string source)
    {
        string project = _directory.CreateSubdirectory(name).FullName;
        File.WriteAllText(Path.Join(project, "Program.cs"), source);
        File.WriteAllText(Path.Join(project, "nuget.config"), """
            <configuration>
              <packageSources><clear /><add key="local" value=".." /></packageSources>
            </configuration>
            """);
        File.WriteAllText(Path.Join(project, $"{name}.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <UseAppHost>false</UseAppHost>
                <RestorePackagesPath>packages</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="IpMpsc" Version="*-*" />
              </ItemGroup>
            </Project>
            """);
        return project;
    }
}
