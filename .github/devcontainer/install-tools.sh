#!/usr/bin/env bash
# Installs what the tests look for beside the .NET SDK, python3 and Terraform, on Debian or Ubuntu.
set -euo pipefail
cd "$(dirname "$0")/../.."
sudo=""
[ "$(id -u)" = 0 ] || sudo=sudo
$sudo apt-get update -qq
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq clang zlib1g-dev binutils gcc tshark iproute2 util-linux >/dev/null
python3 -m pip install --quiet --user --break-system-packages awscli boto3 moto cfn-lint aws-sam-translator
echo "$HOME/.local/bin" >>"${GITHUB_PATH:-/dev/null}"

if command -v go >/dev/null; then
  GOBIN=$HOME/.local/bin go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
fi

# Terraform's provider, for tests that must not reach for the network: they take the folder that this variable names.
plugins=$HOME/.terraform-plugins
terraform -chdir=infra/terraform providers mirror "$plugins" >/dev/null
echo "AUTOMIRROR_TF_PLUGIN_DIR=$plugins" >>"${GITHUB_ENV:-$HOME/.profile}"
