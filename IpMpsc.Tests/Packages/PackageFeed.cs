using System.IO.Compression;
using System.Xml.Linq;
using IpMpsc.Tests.Documentation;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Packages;

/// <summary>All packages of the solution, packed into an empty folder, and projects that know the repository only through them.</summary>
internal sealed class PackageFeed : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ipmpsc-packages-");

    /// <summary>The ids of the packed libraries: projects beside which PublicAPI.Shipped.txt lies.</summary>
    public static IEnumerable<string> Libraries { get; } =
    [
        .. from file in Directory.EnumerateFiles(Repository.Root, "PublicAPI.Shipped.txt", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
           let project = Directory.GetFiles(Path.GetDirectoryName(file)!, "*.csproj").Single()
           orderby project
           select XDocument.Load(project).Descendants("PackageId").SingleOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(project),
    ];

    /// <summary>The ids of all packages.</summary>
    public static IEnumerable<string> All { get; } = [.. Libraries, "IpMpsc.Templates", "IpMpsc.Tool"];

    /// <summary>The version of all packages, from the one place that states it.</summary>
    public static string Version { get; } =
        XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants("Version").Single().Value;

    /// <summary>Packs the solution as it was built.</summary>
    public static async Task<PackageFeed> PackAsync()
    {
        PackageFeed feed = new();
        await RunAsync(
            Repository.Root, "pack", "IpMpsc.sln", "--no-build", "--configuration", Repository.Configuration, "--output", feed._directory.FullName);
        return feed;
    }

    public IEnumerable<string> Files => _directory.GetFiles("*.nupkg").Select(file => file.Name);

    public ZipArchive Open(string package) => ZipFile.OpenRead(PathOf(package));

    public string PathOf(string package) => Path.Join(_directory.FullName, $"{package}.{Version}.nupkg");

    /// <summary>
    /// Makes a folder in which the .NET command line finds these packages. It restores them to a folder of its own: a cached package of
    /// the same version would be an older one. What the packages depend on comes from what this machine has restored.
    /// </summary>
    public string CreateFolder(string name)
    {
        string folder = _directory.CreateSubdirectory(name).FullName;
        string restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
        File.WriteAllText(Path.Join(folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="feed" value=".." /><add key="restored" value="{restored}" /></packageSources>
              <packageSourceMapping>
                <packageSource key="feed"><package pattern="IpMpsc*" /></packageSource>
                <packageSource key="restored"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
        return folder;
    }

    /// <summary>Writes a program of one file that references one package.</summary>
    public string WriteProject(string name, string package, string source, string framework = "net10.0")
    {
        string project = CreateFolder(name);
        File.WriteAllText(Path.Join(project, "Program.cs"), source);
        File.WriteAllText(Path.Join(project, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                <Nullable>enable</Nullable>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        return project;
    }

    /// <summary>Runs the .NET command line and requires that it succeeds.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(string directory, params string[] arguments)
    {
        (int exitCode, string output, string errors) = await DotnetCommand.RunAsync(directory, arguments);
        Assert.That(exitCode, Is.Zero, output + errors);
        return output + errors;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
