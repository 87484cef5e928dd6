// A recipe of docs/recipes as its reader has it: the files of the page in a new project that uses the packages.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Server } from "./server.mjs";

export class Recipe {
  // change: what to change in each file, because a check cannot use the ports and folders that the page names.
  constructor(name, { repository, packages, work }, change = text => text) {
    this.name = name;
    this.directory = join(work, name);
    this.files = filesOf(readFileSync(join(repository, "docs/recipes", `${name}.md`), "utf8"));
    this.#versions = versionsOf(packages);
    this.write("nuget.config", `<configuration><packageSources><add key="built" value="${packages}" /></packageSources></configuration>`);
    for (const [path, text] of this.files) this.write(path, change(text));
  }

  #versions;

  write(path, text) {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  // As `dotnet new web` and `dotnet add package` would. Warnings are errors here.
  build(...names) {
    const references = ["Krait", ...names].map(name => `<PackageReference Include="${name}" Version="${this.#versions[name]}" />`);
    this.write("Recipe.csproj", `<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup>
      <TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>
      <TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup><ItemGroup>${references.join("")}</ItemGroup></Project>`);
    execFileSync("dotnet", ["build", "-v", "quiet", "-o", "out"], { cwd: this.directory, stdio: ["ignore", "inherit", "inherit"] });
    return this;
  }

  start(...options) {
    return Server.start(["dotnet", join(this.directory, "out/Recipe.dll"), "--contentRoot", this.directory, ...options]);
  }

  version(name) {
    return this.#versions[name];
  }
}

// A block is a file if the last words before it are its name, as in "`wwwroot/index.html`:".
export function filesOf(page) {
  const named = /^.*?`([\w./-]+)`[^`\n]*:\n\n(?:<!--.*-->\n)?```\w*\n(.*?)^```$/gms;
  return new Map([...page.matchAll(named)].map(([, name, text]) => [name, text]));
}

const versionsOf = packages => Object.fromEntries(
  readdirSync(packages).map(file => /^(Krait(?:\.Redis|\.Sockets)?)\.(\d.*)\.nupkg$/.exec(file)).filter(found => found).map(([, name, version]) => [name, version]));
